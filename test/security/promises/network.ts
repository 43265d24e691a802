import type { SecurityPromise } from './promise.ts';

const proxy = 'test/main/http/proxy.test.ts';
const core = 'test/main/company-network.test.ts';
const chain = 'test/main/http/verify-chain.test.ts';
const desktop = 'test/main/platform/proxy.test.ts';
const window = 'test/e2e/network.test.ts';

const through = (name: string) => ({ file: proxy, name: `a request through a proxy ${name}` });
const fault = (name: string) => ({
  file: proxy,
  name: `each fault is named apart, and none is taken for the server’s answer ${name}`,
});

/** What stands between Gatehouse and a vendor: a company's proxy and its authorities. */
export const networkPromises: SecurityPromise[] = [
  {
    threat: 'A proxy',
    promise: 'It sees which server is asked for and nothing of what is said.',
    tests: [
      through('reaches the server, and the proxy sees where it goes and nothing of what is said'),
      through('by SOCKS5, which is told the name and not an address'),
      {
        file: window,
        name: 'the proxy has seen where things go and no more; its password is nowhere but in the vault',
      },
    ],
  },
  {
    threat: 'A proxy',
    promise: 'Nothing that it answers is taken for a vendor’s word, so that it confirms no end.',
    tests: [401, 403, 404, 502, 302].map((status) => fault(`the proxy answers ${status}`)),
  },
  {
    threat: 'A proxy',
    promise:
      'It gets the sign-in that was typed for it and no other; a wrong one is sent once, so that nobody is locked out.',
    tests: [
      { file: core, name: 'a sign-in goes to the proxy that it was stored for, and to no other' },
      {
        file: proxy,
        name: 'a proxy that asks for a sign-in PROXY: a wrong one is sent once, however many requests there are',
      },
      {
        file: desktop,
        name: 'a proxy that asks a page for a sign-in another proxy, and a server, is given nothing',
      },
    ],
  },
  {
    threat: 'A page, a thief of the data folder',
    promise: 'The password of a proxy never leaves main, and lies in the vault alone.',
    tests: [
      { file: core, name: 'the password of a proxy never leaves main' },
      { file: core, name: 'what is stored is there after a restart, and nowhere in the clear' },
    ],
  },
  {
    threat: 'A colleague at the screen',
    promise: 'While locked nobody changes the proxy.',
    tests: [{ file: core, name: 'a proxy that is typed while locked nobody sets one' }],
  },
  {
    threat: 'Somebody with a certificate that nobody vouches for',
    promise:
      'An added authority vouches for what it signed and nothing else; one that was removed for nothing.',
    tests: [
      {
        file: desktop,
        name: 'a console in a company’s network an added authority counts only where Chromium does not know it, and for what it signed',
      },
      { file: chain, name: 'is not believed, by Node neither another name' },
      { file: chain, name: 'is not believed, by Node neither a longer path than the authority allows' },
      {
        file: core,
        name: 'an authority that was removed is not believed any more, by connections that were kept neither',
      },
    ],
  },
];
