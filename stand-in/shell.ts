import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { findProgram } from '../scripts/lib/programs.mjs';
import { offer } from './offer.ts';

/** What was handed to the system; kept under test instead of being opened. */
export const openedOutside: string[] = [];

function open(target: string): Promise<void> {
  if (process.env.GATEHOUSE_E2E === '1') {
    openedOutside.push(target);
    return Promise.resolve();
  }
  const program = process.platform === 'darwin' ? '/usr/bin/open' : findProgram('xdg-open');
  if (!program)
    return Promise.reject(new Error('host: nothing here opens links (xdg-open is not installed)'));
  return new Promise((done, fail) => {
    const child = spawn(program, [target], { stdio: 'ignore', detached: true });
    child.on('error', fail).on('spawn', () => done());
    child.unref();
  });
}

export const shell = offer('shell', {
  openExternal: (url: string): Promise<void> => open(new URL(url).href),
  openPath: (path: string): Promise<string> =>
    open(path).then(
      () => '',
      (error: Error) => error.message,
    ),
  showItemInFolder: (path: string): void =>
    void open(dirname(path)).catch((error: Error) => console.error(error.message)),
  beep: (): void => void process.stderr.write('\u0007'),
});
