import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { errorLine } from '#lib/error-line.ts';

const secret = 'tok-93aa71';
const address = `https://panel.example/sso?token=${secret}`;

test('an error of somebody else is its name, its code and our own lines', () => {
  const line = errorLine(
    Object.assign(new TypeError(`ERR_FAILED (-2) loading '${address}'`), { code: 'ERR_FAILED' }),
  );
  expect(line).toMatchObject({ error: 'TypeError', code: 'ERR_FAILED' });
  expect(line).not.toHaveProperty('message');
  expect(line.stack?.[0]).toMatch(/^test\/main\/lib\/error-line\.test\.ts:\d+:\d+$/);
  expect(JSON.stringify(line)).not.toContain(secret);
});

test('a message that looks like frames of ours is no frame', () => {
  const own = `file://${process.cwd()}/out/main/${secret}.js:1:1`;
  for (const frame of [`    at run (${own})`, `    at ${address}/main/index.js:1:1`]) {
    const error = new Error(`it broke\n${frame}\n${frame}`);
    expect(JSON.stringify(errorLine(error))).not.toContain(secret);
  }
  const changed = new Error('it broke');
  changed.message = 'changed later';
  changed.stack = `Error: it broke\n    at ${address}:1:1\n    at eval (${address}:2:2)`;
  expect(errorLine(changed)).toEqual({ error: 'Error' });
});

test('one of ours keeps its sentence, without an address that it might quote', () => {
  const line = errorLine(
    new GatehouseError({ kind: 'network', message: `No answer from ${address} today.` }),
  );
  expect(line).toMatchObject({ error: 'GatehouseError', message: 'No answer from ••• today.' });
  expect(JSON.stringify(line)).not.toContain(secret);
});

test('whatever is thrown, a name or code that could hold a text is left out', () => {
  const odd = Object.assign(new Error('x'), { name: address, code: secret });
  expect(errorLine(odd)).toMatchObject({ error: 'Error' });
  expect(JSON.stringify(errorLine(odd))).not.toContain(secret);
  for (const thrown of [address, null, { message: address }])
    expect(errorLine(thrown)).toEqual({ error: 'not an error' });
});
