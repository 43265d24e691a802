// The bill of materials: `npm run sbom` writes dist/gatehouse.cdx.json (CycloneDX), every package of package-lock.json with its checksum.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, say } from './lib/run.mjs';

const windows = process.platform === 'win32';
const { stdout } = await promisify(execFile)(
  windows ? 'npm.cmd' : 'npm',
  ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'],
  { cwd: root, maxBuffer: 64 * 1024 * 1024, shell: windows },
);
const bill = JSON.parse(stdout);
// npm takes the folder's name for it.
bill.metadata.component.name = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name;
const path = join('dist', 'gatehouse.cdx.json');
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, path), `${JSON.stringify(bill, null, 2)}\n`);
say(`${bill.components.length} packages are in ${path}`);
