import type { SecurityPromise } from './promise.ts';

const keys = 'test/main/vault/keys.test.ts';
const tamper = 'test/main/vault/tamper.test.ts';
const vault = 'test/main/vault/vault.test.ts';
const lock = 'test/main/lock.test.ts';
const ledger = 'test/main/ledger/ledger.test.ts';
const disk = 'test/main/store/disk.test.ts';
const broken = 'test/main/store/broken-files.test.ts';
const rows = 'test/main/sessions/session-rows.test.ts';
const upgrade = 'test/main/upgrade.test.ts';
const accounts = 'test/main/accounts/account-book.test.ts';

export const vaultPromises: SecurityPromise[] = [
  {
    threat: 'A thief of the data folder',
    promise:
      'An old copy and the old passphrase open nothing that is stored after the passphrase was changed',
    tests: [
      {
        file: keys,
        name: 'an old copy and the old passphrase open nothing that is stored after the passphrase was changed',
      },
      { file: keys, name: 'every sealed column of the database is sealed anew' },
      {
        file: keys,
        name: 'the key is another one, and everything opens: from the keyring to a passphrase',
      },
    ],
  },
  {
    threat: 'A thief of the data folder',
    promise:
      'A passphrase costs scrypt, is not easily guessed, and a raised cost takes effect at the next unlock',
    tests: [
      { file: keys, name: 'a passphrase that is easily guessed is refused by main: "password"' },
      { file: keys, name: 'a passphrase that is easily guessed is refused by main: "        "' },
      { file: keys, name: 'a raised cost of scrypt takes effect at the next unlock' },
      { file: vault, name: 'the ordinary cost of scrypt works on this machine' },
    ],
  },
  {
    threat: 'A thief of the data folder',
    promise:
      'Wrong passphrases and recovery codes cost a growing wait, also side by side, and lock nobody out',
    tests: [
      { file: vault, name: 'a wrong passphrase costs a growing wait and never locks out' },
      { file: vault, name: 'parallel guesses do not pass by the wait' },
      { file: keys, name: 'wrong recovery codes cost the same wait as wrong passphrases' },
    ],
  },
  {
    threat: 'A thief of the data folder',
    promise:
      'What is erased is gone from the file and its log within seconds, and so is a key that was replaced',
    tests: [
      {
        file: disk,
        name: 'what is erased is gone from file and log within seconds, also when somebody was reading',
      },
      {
        file: vault,
        name: 'no canary is in the database, its log or beside it, and a wrapping that was replaced is gone',
      },
    ],
  },
  {
    threat: 'A thief of the data folder',
    promise: 'What an earlier version stored in the clear is sealed at the first unlock, and its backup goes',
    tests: [
      { file: upgrade, name: 'everything is there after the first unlock, and nothing of it in the clear' },
      { file: upgrade, name: 'until the first unlock a backup of the file as it was lies beside it' },
    ],
  },
  {
    threat: 'Somebody who writes to the database',
    promise: 'A secret opens for its account, its vendor and its server alone; a change outside is named',
    tests: [
      {
        file: tamper,
        name: 'a secret does not open for another server, and says that something was changed outside',
      },
      {
        file: tamper,
        name: 'a secret does not open for another account, and says that something was changed outside',
      },
      {
        file: accounts,
        name: 'secrets do not open when the account that they were sealed for leads elsewhere',
      },
      { file: rows, name: 'facts that were moved to another session or account do not open' },
    ],
  },
  {
    threat: 'Somebody who writes to the database',
    promise: 'Damage hides nothing else, is named, and is repaired by entering what is damaged again',
    tests: [
      { file: tamper, name: 'damage to one secret is named and hides no other: a changed byte' },
      {
        file: accounts,
        name: 'a part of the list that can not be read is named and kept, and takes nothing else with it',
      },
      {
        file: accounts,
        name: 'damaged secrets are named beside each field, and typing them again repairs them',
      },
      { file: rows, name: 'damage to the sealed facts hides no session and says so' },
    ],
  },
  {
    threat: 'Somebody who writes to the database',
    promise:
      'What anybody can seal for the locked vault is taken for no secret, no account and no ledger row',
    tests: [
      {
        file: tamper,
        name: 'what anybody can put into the letter box is no secret of an account, and no row but where one is due',
      },
      {
        file: tamper,
        name: 'a letter box that somebody put in the place of ours is named before anything is written into it',
      },
      {
        file: ledger,
        name: 'while the vault is locked a row that somebody seals into the letter box in the place of ours is found',
      },
    ],
  },
  {
    threat: 'Somebody who writes to the database',
    promise:
      'A trigger, view, table or column that Gatehouse did not make is named before anything is written',
    tests: [
      {
        file: disk,
        name: 'a trigger that undoes a change of the passphrase is named, and the file is kept',
      },
      { file: disk, name: 'a trigger that copies is named, and the file is kept' },
      { file: keys, name: 'a change that silently does nothing is no change' },
    ],
  },
  {
    threat: 'Somebody who rewrites the record',
    promise:
      'Verify names the first row that was changed, moved, removed, added or cut off, also after a restart',
    tests: [
      { file: ledger, name: 'verify names the first bad row, at once and after a restart: a changed byte' },
      { file: ledger, name: 'verify names the first bad row, at once and after a restart: the end cut off' },
      {
        file: ledger,
        name: 'verify names the first bad row, at once and after a restart: the mark of the end forged',
      },
      {
        file: ledger,
        name: 'a row deleted, and the chain and its end computed anew, is found: nobody else can make the seals',
      },
      { file: ledger, name: 'many rows verify names the first bad row: a page removed' },
    ],
  },
  {
    threat: 'Somebody who rewrites the record',
    promise: 'Rows from a locked time can be read by nobody, and are proved after the unlock',
    tests: [
      {
        file: ledger,
        name: 'while the vault is locked rows go on, can be read by nobody, and are proved after the unlock',
      },
      {
        file: ledger,
        name: 'while the vault is locked what is done to them in the meantime is named: the end cut off',
      },
      {
        file: ledger,
        name: 'while the vault is locked rows from before the first unlock of a start are kept, and counted as not proved',
      },
    ],
  },
  {
    threat: 'Somebody who rewrites the record',
    promise: 'A hash that was kept elsewhere is found again, or is said to be unknown',
    tests: [{ file: ledger, name: 'an earlier hash that somebody kept is found, or is not' }],
  },
  {
    threat: 'A colleague at the screen',
    promise: 'The lock locks, whoever asks: with the disk full, the database held, a prompt open',
    tests: [
      { file: lock, name: 'with the disk full it locks when the window asks, a prompt being open' },
      { file: lock, name: 'with the disk full it locks when the tray asks, a prompt being open' },
      { file: lock, name: 'with the disk full it locks when the timer asks, a prompt being open' },
      {
        file: lock,
        name: 'with the database held by another process it locks when the window asks, a prompt being open',
      },
      { file: keys, name: 'the lock forgets the keys, whatever the last look throws' },
      { file: vault, name: 'a lock that comes while the passphrase is checked wins' },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise:
      'A prompt that is open at a lock is ended at the vendor while locked, and no session is left behind',
    tests: [
      { file: lock, name: 'a prompt that is open at the lock is ended at the vendor while locked' },
      { file: lock, name: 'what an entry of the scheduler throws keeps no other from its time' },
    ],
  },
  {
    threat: 'A lost passphrase',
    promise:
      'A recovery code, if one was made, opens the vault once and is replaced; without one nothing does',
    tests: [
      { file: keys, name: 'the recovery code opens the vault, once, when the passphrase is lost' },
      {
        file: keys,
        name: 'a recovery code is made, replaced and taken away with the passphrase only',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'A number that is no time is not stored, and one that is there does not stop Gatehouse',
    tests: [
      {
        file: rows,
        name: 'a state that is none, and a time that is none, are refused by the database',
      },
      {
        file: disk,
        name: 'a number that JavaScript can’t hold is read as the furthest time, and hides no other row',
      },
      {
        file: upgrade,
        name: 'a number that no JavaScript can hold does not stop Gatehouse: the time is none',
      },
    ],
  },
  {
    threat: 'A disk',
    promise:
      'Full, read-only, gone, damaged, cut off, held by others, older, newer: named, kept, recoverable',
    tests: [
      { file: broken, name: 'a disk that takes no more: at the start and in the middle' },
      { file: broken, name: 'a read-only file and a read-only folder' },
      { file: broken, name: 'pages overwritten in the middle' },
      { file: broken, name: 'a database of a newer Gatehouse' },
      { file: disk, name: 'a log that is cut in the middle costs what was in its rest, and nothing before' },
      { file: disk, name: 'a second process that writes is waited for, then named, and later writes go on' },
      {
        file: disk,
        name: 'a database that vanishes while it is open is not taken for an empty desk at the next start',
      },
    ],
  },
  {
    threat: 'A disk',
    promise: 'Each migration has a backup before it, and a backup can be put back; the damaged file is kept',
    tests: [
      { file: disk, name: 'backups one is made before each migration, whole and private' },
      {
        file: disk,
        name: 'backups one is put in the place of a damaged database, which is kept aside',
      },
      { file: disk, name: 'backups a migration that has no room for its backup changes nothing' },
    ],
  },
];
