import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder, openApp } from '../e2e/harness.ts';
import { filesUnder } from './canaries.ts';

test.skipIf(process.platform === 'win32')(
  'what Gatehouse writes into its data folder is for its owner alone, settings that others could read before included',
  async () => {
    const userData = dataFolder();
    writeFileSync(join(userData, 'settings.json'), '{}');
    chmodSync(join(userData, 'settings.json'), 0o644);
    const app = await openApp({ userData });
    await app.call('settings.change', { theme: 'dark' });
    await app.close();
    const ours = filesUnder(userData).filter(({ path }) =>
      /^(settings\.json|gatehouse\.db|logs\/)/.test(path),
    );
    const names = ours.map(({ path }) => path);
    expect(names).toEqual(expect.arrayContaining(['settings.json', 'gatehouse.db', 'logs/gatehouse.log']));
    for (const { path } of ours) expect(statSync(join(userData, path)).mode & 0o077, path).toBe(0);
  },
);
