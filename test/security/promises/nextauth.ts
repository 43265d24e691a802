import type { SecurityPromise } from './promise.ts';

const folder = 'test/main/vendors/nextauth';
const flood = (...names: string[]) =>
  names.map((name) => ({ file: `${folder}/flood.test.ts`, name: `a hostile nextAuth server ${name}` }));
const socket = (...names: string[]) =>
  names.map((name) => ({ file: `${folder}/socket.test.ts`, name: `the websocket ${name}` }));

export const nextauthPromises: SecurityPromise[] = [
  {
    threat: 'A nextAuth server or the websocket host that it names',
    promise:
      'No number of frames stalls Gatehouse, fills its disk or hides the newest state; other accounts sign in meanwhile',
    tests: flood(
      'that sends 5,000 frames in a burst stalls nobody, costs few writes, and loses its websocket',
      'that sends as much as it may is shown a few times a second, the newest state last',
      'loses the websocket by a frame above 64 KiB, and is polled on',
      'loses the websocket by pings without end, and is polled on',
      'loses the websocket by a message in a thousand pieces, and is polled on',
    ),
  },
  {
    threat: 'A nextAuth server',
    promise: 'It can’t make Gatehouse ask or connect faster and faster',
    tests: flood(
      'that says again and again that somebody signed in is asked less and less often',
      'that closes each websocket at once is called back less and less often, and polled no faster',
    ),
  },
  {
    threat: 'A nextAuth server',
    promise: 'Whatever its websocket says, a session keeps a lawful state and can still be signed in',
    tests: [
      {
        file: `${folder}/fuzz.test.ts`,
        name: 'whatever the websocket says, each session keeps a lawful state and can still be signed in',
      },
      ...flood(
        'that sends a code too large for any QR code is told apart, and the last good code stays',
        'that sends names and lists without end gets short ones shown and written',
        'a fault of ours while a change is shown ends the sign-in instead of the program',
      ),
    ],
  },
  {
    threat: 'Somebody in the network',
    promise: 'The websocket trusts no certificate that nobody vouches for, whatever the environment says',
    tests: socket('refuses a certificate that nobody vouches for, whatever the environment says'),
  },
  {
    threat: 'A nextAuth server',
    promise:
      'It can’t lead the websocket to this computer or elsewhere, nor hold it up, nor blow up what it sends',
    tests: [
      ...socket(
        'is not opened to this computer for a server that is elsewhere',
        'goes to safe addresses only',
        'follows no redirect',
        'gives up a handshake that a server draws out byte by byte',
        'offers no compression, so that a small frame can’t become a large one',
      ),
      ...['wss://[::ffff:127.0.0.1]/', 'wss://localhost./', 'ws://ws.example.com/'].map((target) => ({
        file: 'test/main/http/base-url.test.ts',
        name: `nobody may send us on to ${target}`,
      })),
      {
        file: 'test/main/http/base-url.test.ts',
        name: 'only a server on this computer may send us on to ws://127.0.0.1:9/ws',
      },
    ],
  },
];
