import { afterEach, beforeEach, expect, test } from 'vitest';
import { enhance } from '../../../main/vendors/enhance/index.ts';
import type { Json } from '../../../main/vendors/vendor.ts';
import { type Desk, openDesk } from './enhance-admin-harness.ts';
import { failureOf } from './practice-context.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const next = (step: string, values: Record<string, string>, state: Json = null) =>
  enhance.recovery!.next(desk.visitAs('Nora Lindholm'), step, values, state);

test('from the mail to the new password, with a pasted link', async () => {
  const { step: first } = await enhance.recovery!.first(desk.visitAs('Nora Lindholm'));
  expect(first.fields.map(({ name }) => name)).toEqual(['email', 'realm']);
  const { identity } = desk.person('Frieda Holm');
  const mailed = await next(first.id, { email: identity, realm: '' });
  expect(mailed.step.explain).toContain('as it does for every address');
  const link = /https?:\S+/.exec(desk.inbox.latest(identity)!.text)![0];
  const checked = await next(mailed.step.id, { secret: ` ${link} ` }, mailed.state);
  expect(checked.step.explain).toContain('f*****@harbourbakery.example');
  expect(JSON.stringify(checked.step)).not.toContain(desk.inbox.latest(identity)!.code);
  const short = await failureOf(next(checked.step.id, { password: 'short' }, checked.state));
  expect(short).toMatchObject({ kind: 'invalid', fields: { password: expect.any(String) } });
  const done = await next(checked.step.id, { password: 'canary-recovered' }, checked.state);
  expect(done.step).toMatchObject({ done: true, fields: [] });
  await desk.signIn('Frieda Holm', { password: 'canary-recovered' });
  const spent = await failureOf(next(checked.step.id, { password: 'canary-again' }, checked.state));
  expect(spent).toMatchObject({ kind: 'invalid', message: expect.stringContaining('unknown or too old') });
});

test('the realm decides which of two logins gets the mail', async () => {
  const { realm } = desk.server.people.find(({ account }) => account.realm?.name === 'Reseller EU')!;
  await next('start', { email: 'alex@moreau.example', realm: realm!.id });
  const secret = desk.inbox.latest('alex@moreau.example')!.code!;
  const { state } = await next('secret', { secret });
  await next('password', { password: 'canary-in-eu' }, state);
  await desk.signIn('alex@moreau.example');
  await desk.signIn('alex@moreau.example', { password: 'canary-in-eu' }, realm);
});

test('an unknown address is answered like any other; what can’t be right is refused here', async () => {
  const { step } = await next('start', { email: 'nobody@nowhere.example' });
  expect(step.id).toBe('secret');
  expect(desk.inbox.list()).toEqual([]);
  expect((await failureOf(next('start', { email: 'nobody' }))).fields).toHaveProperty('email');
  expect((await failureOf(next('secret', { secret: 'hello' }))).fields).toHaveProperty('secret');
  const unknown = { secret: '1b4e28ba-2fa1-11d2-883f-0016d3cca427' };
  const failure = await failureOf(next('secret', unknown));
  expect(failure).toMatchObject({ kind: 'invalid', fields: { secret: expect.stringContaining('too old') } });
  expect(JSON.stringify(failure)).not.toContain(unknown.secret);
  expect((await failureOf(next('password', { password: 'canary-early' }))).kind).toBe('cancelled');
  expect((await failureOf(next('elsewhere', {}))).kind).toBe('cancelled');
});
