import type { SecurityPromise } from './promise.ts';

const csv = 'test/main/ledger/export.test.ts';
const lines = 'test/main/lib/write-file.test.ts';
const log = 'test/main/platform/log.test.ts';
const chain = 'test/supply-chain.test.ts';
const gone = 'test/main/sessions/gone-meanwhile.test.ts';

/** Files that Gatehouse writes, messages that the window sends, and what Gatehouse is made of. */
export const filesPromises: SecurityPromise[] = [
  {
    threat: 'A vendor',
    promise: 'No cell of an exported file is run as a formula, whatever the spreadsheet splits at.',
    tests: [
      { file: csv, name: 'what a reader gets is what was written, and no cell is a formula' },
      { file: csv, name: 'no cell is a formula for a program that ends cells at ";"' },
      { file: csv, name: 'no cell is a formula for a program that ends cells at "\\t"' },
    ],
  },
  {
    threat: 'Another user of this computer',
    promise: 'Exports, the log and the settings are for their owner alone, and are written through no link.',
    tests: [
      { file: lines, name: 'a file that others may read is replaced by one that they may not' },
      {
        file: lines,
        name: 'what lies under the name that was once used for the unfinished file is left alone',
      },
      { file: lines, name: 'a link at the path is replaced, and what it leads to stays as it was' },
      { file: log, name: 'nobody else may read a log that was there before, nor the old one' },
      {
        file: log,
        name: 'a link in the place of the log or the old one is taken away, and what it leads to is as it was',
      },
      {
        file: 'test/security/files.test.ts',
        name: 'what Gatehouse writes into its data folder is for its owner alone, settings that others could read before included',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'The log stays small: lines are cut, a burst is counted instead of kept.',
    tests: [
      { file: log, name: 'a line is cut at 8 Ki characters and stays one line of JSON' },
      {
        file: log,
        name: 'a million lines at once keep no more than 1 MiB, and how many were dropped is told',
      },
    ],
  },
  {
    threat: 'A page that was taken over',
    promise: 'Messages of any kind to any channel bring no crash, no stall and no secret out.',
    tests: [
      {
        file: 'test/main/ipc/messages.test.ts',
        name: '3,000 generated messages bring no crash, no stall and no secret out (seed 7)',
      },
      {
        file: gone,
        name: 'an input that the contract chokes on is no message, and the router does not throw',
      },
      {
        file: gone,
        name: 'ending all sessions of a login is written down, although the row goes while the vendor works',
      },
    ],
  },
  {
    threat: 'A package that was taken over',
    promise: 'Only the named install script runs; every package has its checksum, or is named without one.',
    tests: [
      {
        file: chain,
        name: 'install scripts each package that brings one is named, with whether it runs and why',
      },
      { file: chain, name: 'install scripts only what is said to run may run' },
      {
        file: chain,
        name: 'the lock file has a strong checksum of every package but those that are named, which are binaries for other platforms',
      },
      { file: chain, name: 'the lock file names no place to fetch from, so that none can be slipped in' },
    ],
  },
  {
    threat: 'An action of the build server that was taken over',
    promise: 'Every action is pinned by the hash of a commit.',
    tests: [
      {
        file: chain,
        name: 'every action of the workflows is pinned by the whole hash of a commit, its version beside it',
      },
    ],
  },
];
