import type { SecurityPromise } from './promise.ts';

const window = 'test/renderer/shell/hostile-window.test.ts';
const values = 'test/renderer/ui/hostile-values.test.ts';

/** What a vendor's values, or a mistake of ours, can do to the window. */
export const screenPromises: SecurityPromise[] = [
  {
    threat: 'A vendor',
    promise: 'A time that is none leaves every page standing; it is said as a dash, or not at all.',
    tests: [
      {
        file: window,
        name: 'times that are none 1000000000000000000 leaves every part of the window standing',
      },
      {
        file: window,
        name: 'times that are none -1000000000000000000 leaves every part of the window standing',
      },
      { file: window, name: 'times that are none of a prompt leave it to be answered' },
      {
        file: values,
        name: 'a number that is no moment 1000000000000000000 is said as a dash, wherever a time is said',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'A code that no picture can hold is told in words, with what to do instead.',
    tests: [
      {
        file: window,
        name: 'a QR code that none can hold of 3000 bytes is told in words, and a phone can be pushed to',
      },
      { file: window, name: 'a QR code that none can hold of an authenticator is told in words' },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'Names of any length, with signs that turn or hide text, are cut and shown without them.',
    tests: [
      {
        file: window,
        name: 'names of ten thousand characters, with signs that turn or hide are cut and shown without them on every page',
      },
      { file: values, name: 'a long text of thirty megabytes is cut without being read whole' },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'A field or a state called “constructor” is a word like any other.',
    tests: [
      { file: values, name: 'a name that every object knows constructor is found in no table' },
      { file: window, name: 'states, events and vendors named as what every object knows are words' },
    ],
  },
  {
    threat: 'A mistake of ours',
    promise:
      'What can’t be drawn fails alone: rows, sections, pages, dialogs and prompts each say so and can be tried again.',
    tests: [
      {
        file: window,
        name: 'what can’t be drawn is an account: its row says so, and its page; the others and the rest of the window work',
      },
      {
        file: window,
        name: 'what can’t be drawn is a section: its page stays, and the session can be signed out',
      },
      {
        file: window,
        name: 'what can’t be drawn is a prompt: it can be cancelled, and the next one answered',
      },
      {
        file: window,
        name: 'what can’t be drawn is everything: the window can be loaded again, and stays shut over no restart',
      },
      { file: window, name: 'what can’t be drawn leaves nothing of its content in the console' },
    ],
  },
];
