import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finding } from '#contract/admin.ts';
import { failureOf } from '../practice-context.ts';
import { type Agent, openPanel, type Panel } from './admin-harness.ts';

let panel: Panel;
let nora: Agent;
beforeEach(async () => {
  panel = await openPanel();
  nora = await panel.signIn('Nora Lindholm');
});
afterEach(() => panel.close());

const causes = (findings: Finding[]) => findings.filter(({ weight }) => weight === 'cause');
const texts = (findings: Finding[]) => findings.map(({ text }) => text).join('\n');
const bea = 'bea@northwind.example';

/** Does what a finding offers, with what its form begins with. */
function mend(agent: Agent, { personId, mend }: Finding) {
  const values = Object.fromEntries((mend?.fields ?? []).map(({ name, initial = '' }) => [name, initial]));
  return agent.act(mend?.id ?? '', personId ?? null, values);
}

test('blocked by the login policy: until when, and what can be done about it', async () => {
  const findings = await nora.whyNot(` ${bea} `);
  const [block] = causes(findings);
  expect(block).toMatchObject({ personId: expect.any(String), mend: { id: 'allow-email' } });
  expect(block!.text).toMatch(
    /^The panel blocks bea@northwind\.example until .+, after 12 failed sign-ins\.$/,
  );
  expect(findings.some(({ weight }) => weight === 'fine')).toBe(false);
  const done = await mend(nora, block!);
  expect(done.message).toContain('still reports a block until');
  expect(panel.lastSeen('addOrchdLoginPolicyEmailWhitelist').body).toEqual({ emailList: [bea] });
  const page = await nora.person(block!.personId!);
  expect(page.facts.find(({ label }) => label === 'Blocked')!.value).toContain('white list');
  await nora.act('disallow-email', block!.personId!, { email: bea });
  expect(panel.lastSeen('addOrchdLoginPolicyEmailWhitelist').body).toEqual({ emailList: [] });
});

test('an address on the black list is taken off it, and can sign in again', async () => {
  const { identity } = panel.person('Ines Duarte');
  await panel.signIn('Ines Duarte');
  const url = `${panel.server.url}/settings/orchd/login-policy/email-blacklist`;
  const { token = '' } = panel.person('Support desk token').account.values;
  await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ emailList: ['spam@x.example', identity.toUpperCase()] }),
  });
  expect((await failureOf(panel.signIn('Ines Duarte'))).kind).not.toBe('internal');
  const [listed] = causes(await nora.whyNot(identity));
  expect(listed!.text).toContain('black list');
  await mend(nora, listed!);
  expect(panel.lastSeen('addOrchdLoginPolicyEmailBlacklist').body).toEqual({ emailList: ['spam@x.example'] });
  await panel.signIn('Ines Duarte');
});

test('lists that the panel leaves out of its answer are empty', async () => {
  for (const list of ['EmailWhitelist', 'EmailBlacklist'])
    panel.server.misbehave({ operation: `getOrchdLoginPolicy${list}`, status: 200, body: {} });
  expect(texts(await nora.whyNot(bea))).toContain('after 12 failed sign-ins');
});

test('a list that somebody else changed at the same moment: theirs holds, and it is said', async () => {
  panel.server.misbehave({ operation: 'addOrchdLoginPolicyEmailWhitelist', status: 204 });
  const failure = await failureOf(nora.act('allow-email', null, { email: bea }));
  expect(failure).toMatchObject({ kind: 'conflict', message: expect.stringContaining('Somebody else') });
});

test('failed sign-ins that do not block yet are counted', async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    await failureOf(panel.signIn('Frieda Holm', { password: 'canary-wrong' }));
  }
  const findings = await nora.whyNot(panel.person('Frieda Holm').identity);
  expect(texts(findings)).toContain('2 failed sign-ins counted; the panel blocks at 5.');
  const fine = findings.at(-1)!;
  expect(fine).toMatchObject({ weight: 'fine', mend: { id: 'set-password' }, personId: expect.any(String) });
  await nora.act(fine.mend!.id, fine.personId!, { password: 'canary-mended' });
  await panel.signIn('Frieda Holm', { password: 'canary-mended' });
});

test('blocked network addresses are shown, with the way to let one through', async () => {
  const settings = `${panel.server.url}/settings/orchd/login-policy/settings`;
  const { token = '' } = panel.person('Support desk token').account.values;
  await fetch(settings, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ipAutoBlockEnabled: true, ipAutoBlockThreshold: 1 }),
  });
  await failureOf(panel.signIn('Frieda Holm', { password: 'canary-wrong' }));
  const findings = await nora.whyNot('frieda@harbourbakery.example');
  const address = findings.find(({ mend }) => mend?.id === 'allow-address')!;
  expect(address.text).toContain('127.0.0.1 until');
  await mend(nora, address);
  expect(panel.lastSeen('addOrchdLoginPolicyIpWhitelist').body).toEqual({ ipList: ['127.0.0.1'] });
});

test('a suspended organisation, a second step, two realms', async () => {
  const otto = await nora.whyNot('otto@oldmill.example');
  expect(causes(otto)[0]!.text).toContain('The organisation Old Mill Antiques is suspended.');
  expect(texts(await nora.whyNot('kari@fjordweb.example'))).toContain('authenticator is lost');
  const alex = await nora.whyNot('ALEX@moreau.example');
  expect(texts(alex)).toContain('2 logins have this address, in different realms');
});

test('nobody of that address', async () => {
  const [nobody] = await nora.whyNot('invited@harbourbakery.example');
  expect(nobody).toMatchObject({ weight: 'cause', mend: { id: 'new-login' } });
  expect(nobody!.text).toContain('invited and has not registered yet');
  expect(await nora.whyNot('not an address')).toEqual([]);
});

test('few rights: what is not known is said, with the right that is missing', async () => {
  const sam = await panel.signIn('Sam Whitlock');
  const findings = await sam.whyNot(bea);
  expect(causes(findings)).toEqual([]);
  expect(findings[0]!.text).toContain('Owner, SuperAdmin or Sysadmin in the master organisation');
  expect(texts(findings)).toContain('in the lists that your roles open');
  expect((await failureOf(sam.act('allow-email', null, { email: bea }))).kind).toBe('forbidden');
  expect(panel.seen('addOrchdLoginPolicyEmailWhitelist')).toHaveLength(0);
  const petra = await panel.signIn('Petra Vogel');
  const alex = await petra.whyNot('alex@moreau.example');
  expect(alex.find(({ weight }) => weight === 'fine')).toMatchObject({ personId: expect.any(String) });
});
