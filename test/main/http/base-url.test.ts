import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { checkBaseUrl, mayReach } from '#http/base-url.ts';
import { createNetwork } from '#http/client.ts';

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

const remote = new URL('https://api.example.com/v2');
const local = new URL('http://127.0.0.1:4100');

test.each([
  'https://elsewhere.example.com/x',
  'wss://ws.example.com/',
  'https://10.0.0.1',
  'https://1.0.0.127',
  'wss://[2001:db8::1]:8443/',
  'wss://[::ffff:10.0.0.1]/',
  'https://localhost.example.com',
])('any server may send us on to %s', (target) => {
  expect(mayReach(new URL(target), remote)).toBe(true);
  expect(mayReach(new URL(target), local)).toBe(true);
});

test.each([
  'http://127.0.0.1:9/x',
  'ws://127.0.0.1:9/ws',
  'ws://localhost/',
  'wss://[::1]/',
  'https://127.1.2.3',
  'wss://2130706433/',
  'wss://0x7f.1/',
])('only a server on this computer may send us on to %s', (target) => {
  expect(mayReach(new URL(target), local)).toBe(true);
  expect(mayReach(new URL(target), remote)).toBe(false);
});

test.each([
  'http://elsewhere.example.com',
  'ws://ws.example.com/',
  'ws://10.0.0.1/',
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'data:text/html,x',
  'wss://me:word@ws.example.com/',
  'wss://me@127.0.0.1/',
  'wss://localhost./',
  'wss://anything.localhost/',
  'ws://127.0.0.1.nip.localhost./',
  'wss://0.0.0.0/',
  'wss://0/',
  'wss://[::]/',
  'wss://[::ffff:127.0.0.1]/',
  'wss://[::127.0.0.1]/',
  'wss://[::ffff:0:127.0.0.1]/',
  'wss://[64:ff9b::127.0.0.1]/',
  'https://[::ffff:0.0.0.0]/',
])('nobody may send us on to %s', (target) => {
  expect(mayReach(new URL(target), remote)).toBe(false);
  expect(mayReach(new URL(target), local)).toBe(false);
});
