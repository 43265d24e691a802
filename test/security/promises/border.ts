import type { SecurityPromise } from './promise.ts';

const border = 'test/main/vendors/border.test.ts';
const moment = 'test/main/lib/valid-moment.test.ts';
const redact = 'test/main/http/redact.test.ts';
const http = 'test/main/http/client.test.ts';
const connection = 'test/main/http/connection.test.ts';
const address = 'test/main/http/base-url.test.ts';

const alone = (name: string) => ({ file: border, name: `a vendor’s code that bounds nothing ${name}` });
const core = (name: string) => ({ file: border, name: `in the core ${name}` });

/** What a vendor's server, or whoever stands in its place, can do with its answers. */
export const borderPromises: SecurityPromise[] = [
  {
    threat: 'A vendor',
    promise:
      'Whatever it answers, it harms at most its own account: main is held up by nobody and starts again.',
    tests: [
      {
        file: 'test/main/vendors/hostile.test.ts',
        name: 'a vendor that answers anything at all harms at most its own account',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'A number or a date out of range becomes no time at all.',
    tests: [
      { file: moment, name: 'a number out of range, and words that are no date, are no moment at all' },
      { file: moment, name: 'a token that says it runs out at no moment states no end' },
      alone('an expiry, a deadline or a refresh out of range becomes none, or one that can be kept'),
      core('a token that runs out at 1e300 is a session without an end, and Gatehouse starts again'),
    ],
  },
  {
    threat: 'A vendor',
    promise: 'It can’t put off the end of a session by more than an hour at a time.',
    tests: [
      { file: moment, name: 'Retry-After 99999999999 is at most an hour from now' },
      core(
        'an end that the server wants asked for in a thousand years is asked for in an hour, and Gatehouse starts again',
      ),
    ],
  },
  {
    threat: 'A vendor',
    promise: 'None of its words finds what every object has, and no session is left half-way by one.',
    tests: [
      core('enhance: no word of a refusal finds what every object has'),
      core('cyclos: no word of a refusal finds what every object has'),
      core('nextauth: no word of a refusal finds what every object has'),
      core('koyeb: no word of a refusal finds what every object has'),
      { file: border, name: 'a table says nothing of words that it does not list' },
      { file: border, name: 'a table of a vendor’s words is asked by lookUp alone' },
      alone('whatever it throws becomes a failure that may have worked, and the report of it quotes nothing'),
      alone('a failure made of a prototype’s members is one in words all the same'),
    ],
  },
  {
    threat: 'A vendor',
    promise: 'Lists, pages, bodies, depths, names and cookies have an end.',
    tests: [
      core(
        'brackets in brackets, a list without end and a body of megabytes are told in words and hold up nobody',
      ),
      core('of ten thousand sessions at the panel those that Gatehouse opened are shown, in no time'),
      core('a server whose list of servers never ends is asked for ten pages'),
      { file: border, name: 'an export whose pages never end is stopped, and leaves no file' },
      alone('a list is cut at a thousand rows, and a page about a person says so'),
      alone('more than fits is not sealed'),
      {
        file: http,
        name: 'time, retries and stopping a session keeps fifty cookies and no long ones, however many a server sets',
      },
      {
        file: http,
        name: 'time, retries and stopping an id of a server’s that no server would take is not asked with',
      },
    ],
  },
  {
    threat: 'A vendor',
    promise: 'Its texts are one line, of a sane length, and turn no sentence round.',
    tests: [alone('a name is one line of 200 characters that does not turn its sentence round')],
  },
  {
    threat: 'A vendor',
    promise: 'A token that it gives can’t run a command where it is pasted.',
    tests: [alone('a token with a line break in it is not put on the clipboard')],
  },
  {
    threat: 'A vendor',
    promise: 'It can’t send us to what runs on this computer, nor to an address without encryption.',
    tests: [
      {
        file: address,
        name: 'only a server on this computer may send us on to ws://localhost/',
      },
      {
        file: address,
        name: 'only a server on this computer may send us on to ws://127.0.0.1:9/ws',
      },
      alone('a console at http://127.0.0.1:9000/ is opened for https://panel.example: false'),
    ],
  },
  {
    threat: 'A vendor that echoes what it was sent',
    promise: 'No secret comes into an error, a row or the ledger, in whatever form it is written back.',
    tests: [
      { file: redact, name: 'a password in base64 after one character goes from what a server says' },
      { file: redact, name: 'a password in a form goes from what a server says' },
      { file: redact, name: 'the person and password of basic credentials go, put together or apart' },
      { file: redact, name: 'an answer to a security question is a secret' },
      { file: redact, name: 'where the secrets can’t be opened, nothing of a server’s words is quoted' },
      { file: redact, name: 'of a code canary-7 is kept: undefined' },
      core(
        'a server that gives the account’s secrets back in other requests, a name or a realm gets none of them filed',
      ),
    ],
  },
  {
    threat: 'A variable in somebody’s profile',
    promise: 'Certificates are checked, whatever NODE_TLS_REJECT_UNAUTHORIZED says.',
    tests: [
      {
        file: connection,
        name: 'TLS self-signed, where a variable of the environment would let it pass',
      },
    ],
  },
  {
    threat: 'A thief of the data folder',
    promise: 'The log names no server.',
    tests: [
      {
        file: http,
        name: 'time, retries and stopping the log tells the operation and the outcome, and no address, query, header or body',
      },
    ],
  },
];
