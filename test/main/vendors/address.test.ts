import { expect, test } from 'vitest';
import { checkBaseUrl, mayReach } from '../../../main/vendors/address.ts';
import { createNetwork } from '../../../main/vendors/http.ts';
import { GatehouseError } from '../../../preload/contract/failure.ts';

test.each([
  ['https://panel.example.com/api', 'https://panel.example.com/api'],
  ['  https://Panel.Example.com/api/ ', 'https://panel.example.com/api'],
  ['https://panel.example.com', 'https://panel.example.com'],
  ['https://panel.example.com:8443//', 'https://panel.example.com:8443'],
  ['https://bücher.example/api', 'https://xn--bcher-kva.example/api'],
  ['http://127.0.0.1:4100/api', 'http://127.0.0.1:4100/api'],
  ['http://127.9.8.7/', 'http://127.9.8.7'],
  ['http://localhost:1', 'http://localhost:1'],
  ['http://[::1]:1/x', 'http://[::1]:1/x'],
])('%s is taken as %s', (typed, normal) => {
  expect(checkBaseUrl(typed)).toBe(normal);
});

test.each([
  ['', 'Type the address'],
  ['panel.example.com/api', 'begin with https://'],
  ['https://', 'not an address'],
  ['ftp://panel.example.com', 'begin with https://'],
  ['http://panel.example.com/api', 'Plain http'],
  ['http://127.0.0.1.evil.example', 'Plain http'],
  ['http://localhost.evil.example', 'Plain http'],
  ['http://10.0.0.1', 'Plain http'],
  ['https://me@panel.example.com', 'user name or password'],
  ['https://me:canary@panel.example.com', 'user name or password'],
  ['https://panel.example.com/api?x=canary', 'query'],
  ['https://panel.example.com/api#x', 'fragment'],
])('%s is refused', (typed, part) => {
  const refused = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (error instanceof GatehouseError) return error.failure;
    }
    throw new Error('This should have been refused.');
  };
  const failure = refused(() => checkBaseUrl(typed));
  expect(failure.kind).toBe('invalid');
  expect(failure.fields?.baseUrl).toContain(part);
  expect(JSON.stringify(failure)).not.toContain('canary');
  const network = createNetwork();
  expect(refused(() => network.open({ baseUrl: typed, userAgent: 'x' })).kind).toBe('invalid');
  network.close();
});

test.each([
  ['https://other.example/x', 'https://panel.example/api', true],
  ['wss://push.example/socket', 'https://panel.example/api', true],
  ['http://other.example/', 'https://panel.example/api', false],
  ['ws://push.example/socket', 'https://panel.example/api', false],
  ['ftp://other.example/', 'https://panel.example/api', false],
  ['javascript:alert(1)', 'https://panel.example/api', false],
  ['https://me:canary@other.example/', 'https://panel.example/api', false],
  ...[
    '127.0.0.1',
    '127.1',
    'localhost',
    'LOCALHOST.',
    'desk.localhost',
    '[::1]',
    '0.0.0.0',
    '[::]',
    '2130706433',
  ].flatMap((host): [string, string, boolean][] => [
    [`https://${host}:8443/`, 'https://panel.example/api', false],
    [`ws://${host}:9000/`, 'https://panel.example/api', false],
  ]),
  ['https://[::ffff:127.0.0.1]/', 'https://panel.example/api', false],
  ['http://127.0.0.1:9000/', 'http://127.0.0.1:8000/api', true],
  ['ws://localhost:9000/', 'http://127.0.0.1:8000/api', true],
  ['http://other.example/', 'http://127.0.0.1:8000/api', false],
])('%s, named by %s, may be reached: %s', (target, from, may) => {
  expect(mayReach(new URL(target), new URL(from))).toBe(may);
});
