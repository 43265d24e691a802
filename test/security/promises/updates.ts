import type { SecurityPromise } from './promise.ts';

const updates = 'test/main/workflows/updates.test.ts';
const download = 'test/main/http/download.test.ts';
const window = 'test/e2e/updates.test.ts';

export const updatesPromises: SecurityPromise[] = [
  {
    threat: 'Whoever holds the update server, or the way to it',
    promise:
      'No update is believed that Gatehouse’s makers did not sign, for this system, and none that is older',
    tests: [
      { file: updates, name: 'the list of updates is not when it was changed after it was signed' },
      { file: updates, name: 'the list of updates is not when it was signed by somebody else' },
      { file: updates, name: 'the list of updates is not when it was signed as that of another system' },
      { file: updates, name: 'the list of updates is not without a signature' },
      { file: window, name: 'an update that nobody signed is not downloaded' },
      { file: window, name: 'an update that is older than what runs is none' },
    ],
  },
  {
    threat: 'Whoever holds the update server, or the way to it',
    promise: 'Only the signed file is written, no longer than it has to be, and from the update server alone',
    tests: [
      {
        file: download,
        name: 'a file that is not the signed one is refused: another hash, longer, or with another answer to a range',
      },
      { file: download, name: 'a redirect is not followed, wherever it leads' },
      { file: updates, name: 'the list of updates names no file of another server' },
      { file: updates, name: 'the list of updates names no file of another folder' },
      { file: updates, name: 'the list of updates is not read when it is endless' },
    ],
  },
  {
    threat: 'An update that comes at a bad moment',
    promise: 'Nothing is installed unasked, nor while a prompt, a sign-in or an ending is on its way',
    tests: [
      {
        file: updates,
        name: 'updates are not installed while a prompt, a sign-in or an ending is on its way, and are after it',
      },
      { file: window, name: 'an update is not installed while a prompt waits' },
      {
        file: window,
        name: 'an update is found, shown, downloaded over a broken connection, asked about and installed',
      },
    ],
  },
];
