import type { SecurityPromise } from './promise.ts';

const vaultWindow = 'test/renderer/vault/vault-window.test.ts';
const ledgerWindow = 'test/renderer/ledger/ledger-window.test.ts';
const broken = 'test/main/platform/store-failure-handlers.test.ts';

/** What only the window can promise; what the vault itself does is promised elsewhere. */
export const vaultScreensPromises: SecurityPromise[] = [
  {
    threat: 'Someone who guesses passphrases',
    promise: 'A passphrase that is easy to guess is refused, with the reason, before it is sent',
    tests: [
      {
        file: vaultWindow,
        name: 'the first run refuses “password”: Guessed at once. It is one of the passwords that are tried first.',
      },
      {
        file: vaultWindow,
        name: 'the first run refuses “        ”: Guessed at once. Repeating something adds next to nothing.',
      },
      {
        file: 'test/renderer/settings/settings-window.test.ts',
        name: 'the passphrase that is too easy to guess is not taken',
      },
    ],
  },
  {
    threat: 'A page that was taken over',
    promise: 'No answer has a place for a secret but for a recovery code, at the moment at which it is made',
    tests: [
      {
        file: 'test/preload/contract.test.ts',
        name: 'a recovery code is the only secret that an answer has a place for, and only where one is made',
      },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise: 'A recovery code is shown once, goes with the next lock, and leaves the clipboard after 30 s',
    tests: [
      { file: vaultWindow, name: 'a forgotten passphrase shows the new code over the open desk, once' },
      { file: vaultWindow, name: 'a recovery code is taken off the screen by a lock' },
      { file: vaultWindow, name: 'a recovery code is copied by main, which clears the clipboard' },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise: 'A printed recovery code is alone on its sheet: no account and nothing else of the window',
    tests: [
      {
        file: vaultWindow,
        name: 'a recovery code is printed under the page’s policy, on a sheet that holds nothing else',
      },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise: 'A recovery code can be made, replaced or removed only with the passphrase',
    tests: [
      {
        file: 'test/main/ipc/router.test.ts',
        name: 'router while locked only the lock screen’s channels answer',
      },
      {
        file: 'test/renderer/settings/settings-window.test.ts',
        name: 'the recovery code is removed with the passphrase; a wrong one is told',
      },
    ],
  },
  {
    threat: 'Someone who puts an older ledger in the place of the present one',
    promise: 'The check says what it can’t tell, and a hash that was kept elsewhere tells it',
    tests: [
      { file: ledgerWindow, name: 'a hash that was kept is found, however it was written down' },
      { file: ledgerWindow, name: 'a hash that was kept may be of no row' },
    ],
  },
  {
    threat: 'A damaged database',
    promise: 'Nothing is replaced before the person has read what that means',
    tests: [
      {
        file: vaultWindow,
        name: 'what is broken a backup goes in its place once the person has read what that means',
      },
      {
        file: vaultWindow,
        name: 'what is broken an empty desk is begun once the person has read what that means',
      },
      { file: broken, name: 'nothing else answers, a name of no backup included' },
    ],
  },
];
