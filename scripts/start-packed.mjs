import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withDisplay } from './lib/display.mjs';
import { root, say, stop } from './lib/run.mjs';
import { startOnce } from './lib/start-once.mjs';

/*
 * npm run start-packed [-- PROGRAM ARGUMENT …]: starts what npm run dist packed for this system once, or the program that is named
 * (an AppImage, or what an installer installed), and says whether it came up.
 */

const other = process.arch === 'x64' ? '' : `-${process.arch}`;
/** @type {Partial<Record<string, string>>} */
const packed = {
  linux: `linux${other}-unpacked/gatehouse`,
  darwin: `mac${other}/Gatehouse.app/Contents/MacOS/Gatehouse`,
  win32: `win${other}-unpacked/Gatehouse.exe`,
};

const [program = join(root, 'dist', packed[process.platform] ?? ''), ...args] = process.argv.slice(2);
if (!existsSync(program)) stop(`There is no ${program}; npm run dist makes it.`);
const why = await withDisplay(() => startOnce(program, args));
if (why) stop(why);
say(`${program} started`);
process.exit(0);
