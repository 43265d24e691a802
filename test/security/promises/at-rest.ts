import type { SecurityPromise } from './promise.ts';

const atRest = 'test/main/at-rest.test.ts';
const attacks = 'test/main/ledger/attacks.test.ts';
const ledger = 'test/main/ledger/ledger.test.ts';
const keys = 'test/main/vault/keys.test.ts';
const tamper = 'test/main/vault/tamper.test.ts';

/** What is promised of the data folder, whoever reads it or writes to it. */
export const atRestPromises: SecurityPromise[] = [
  {
    threat: 'A thief of the data folder',
    promise: 'The folder yields counts, sizes, times, states and random ids, as listed, and nothing else',
    tests: [
      { file: atRest, name: 'a stolen folder yields what is listed, and nothing else, at any moment' },
      { file: atRest, name: 'every column is sealed, or on the list of what can be read' },
      { file: atRest, name: 'docs/security.md lists every column that can be read' },
      {
        file: ledger,
        name: 'nothing of a row lies in the file but its number, its time and its size',
      },
    ],
  },
  {
    threat: 'Someone who holds an old copy and what opened it',
    promise:
      'After another passphrase or recovery code, the former one and an old copy open nothing that is stored later',
    tests: [
      {
        file: atRest,
        name: 'an old copy, the old passphrase and the old recovery code are worth nothing for new secrets',
      },
      {
        file: keys,
        name: 'an old copy and the old passphrase open nothing that is stored after the passphrase was changed',
      },
      {
        file: keys,
        name: 'a recovery code that was replaced, or taken away, opens nothing that is stored later, with an old copy neither',
      },
    ],
  },
  {
    threat: 'Someone who changes the database',
    promise:
      'A secret goes to no other server and to no other account’s, and one changed row stops nothing but itself',
    tests: [
      {
        file: atRest,
        name: 'whatever is changed in the file, nothing goes to another server, and Gatehouse stays usable',
      },
      {
        file: tamper,
        name: 'what anybody can put into the letter box is no secret of an account, and no row but where one is due',
      },
      {
        file: 'test/main/accounts/far-page.test.ts',
        name: 'a page of accounts that somebody puts far out keeps no account from being stored, and found again',
      },
    ],
  },
  {
    threat: 'Someone who changes the ledger',
    promise:
      'What is done to it is named, but for putting an older one back, and stops no row from being written',
    tests: [
      { file: attacks, name: 'a letter of somebody that holds no JSON is named, and the ledger goes on' },
      { file: attacks, name: 'a row far out in ledger leaves numbers for ours' },
      { file: attacks, name: 'a page where the next one is due keeps no row from being written' },
      { file: attacks, name: 'a ledger that was taken away is no new one' },
      { file: attacks, name: 'an older end of the ledger is found while the rows stay, at once' },
      { file: attacks, name: 'a row, or a page, in two places is found' },
      {
        file: attacks,
        name: 'rows of a locked time that a new key follows are proved; one taken away is found',
      },
    ],
  },
  {
    threat: 'A disk that refuses',
    promise: 'What was not written is not taken for written, and what was going on goes on',
    tests: [
      {
        file: attacks,
        name: 'what the disk refused at the very end was never written: the chain goes on from what is there',
      },
      { file: attacks, name: 'a locked time that the disk refused to take up is taken up later' },
      {
        file: atRest,
        name: 'a recovery code that has opened the vault lets everything go on, though the disk refuses the rest',
      },
      {
        file: 'test/main/upgrade.test.ts',
        name: 'a first unlock that fails leaves the backup and everything as it was',
      },
    ],
  },
];
