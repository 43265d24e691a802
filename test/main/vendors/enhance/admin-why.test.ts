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
  expect(page.facts.find(({ label }) => label === 'Blocked')!.value).toContain('never blocked');
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

/** Sets something at the panel, as its own administrator would elsewhere. */
async function setAtPanel(path: string, value: unknown) {
  const { token = '' } = panel.person('Support desk token').account.values;
  const answer = await fetch(panel.server.url + path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  expect(answer.status).toBe(204);
}

const ipBlacklist = '/settings/orchd/login-policy/ip-blacklist';

test('network addresses on the black list are shown, and taken off it', async () => {
  const frieda = panel.person('Frieda Holm');
  await setAtPanel(ipBlacklist, { ipList: ['203.0.113.9', '127.0.0.1'] });
  expect((await failureOf(panel.signIn('Frieda Holm'))).kind).toBe('locked-out');
  const findings = await nora.whyNot(frieda.identity);
  const listed = findings.find(({ mend }) => mend?.id === 'unlist-address')!;
  expect(listed).toMatchObject({
    weight: 'hint',
    text: expect.stringContaining('IP black list: 203.0.113.9, 127.0.0.1.'),
  });
  await nora.act('unlist-address', null, { address: '127.0.0.1' });
  expect(panel.lastSeen('addOrchdLoginPolicyIpBlacklist').body).toEqual({ ipList: ['203.0.113.9'] });
  await panel.signIn('Frieda Holm');
  // The last one takes the list with it, and whatever the panel makes of the body it is off.
  await nora.act('unlist-address', null, { address: '203.0.113.9' });
  expect(panel.lastSeen('deleteOrchdLoginPolicyIpBlacklist').body).toEqual({ ipList: ['203.0.113.9'] });
  expect((await nora.whyNot(frieda.identity)).some(({ mend }) => mend?.id === 'unlist-address')).toBe(false);
});

test('the admin lockdown is shown for people of the master organisation, and lets an address through', async () => {
  const sam = panel.person('Sam Whitlock');
  const lockdown = async (email: string) =>
    (await nora.whyNot(email)).find(({ mend }) => mend?.id === 'admit-address');
  expect(await lockdown(sam.identity)).toBeUndefined();
  await setAtPanel('/settings/orchd/admin-lockdown/list', '198.51.100.2\r\n\n203.0.113.7');
  expect(await lockdown(sam.identity)).toBeUndefined();
  await setAtPanel('/settings/orchd/admin-lockdown/status', true);
  const refused = await failureOf(panel.signIn('Sam Whitlock'));
  expect(refused).toMatchObject({ kind: 'locked-out', advice: expect.stringContaining('network address') });
  expect(await lockdown(sam.identity)).toMatchObject({
    weight: 'hint',
    text: expect.stringContaining('in from 198.51.100.2, 203.0.113.7 only'),
  });
  expect(await lockdown('frieda@harbourbakery.example')).toBeUndefined();
  for (const address of ['desk', '127.0.0.1\n10.0.0.1', '10.0.0.1/8'])
    expect((await failureOf(nora.act('admit-address', null, { address }))).fields).toHaveProperty('address');
  await nora.act('admit-address', null, { address: '127.0.0.1' });
  expect(panel.lastSeen('setAdminLockdownList').body).toBe('198.51.100.2\n203.0.113.7\n127.0.0.1');
  await panel.signIn('Sam Whitlock');
  await setAtPanel('/settings/orchd/admin-lockdown/list', '');
  expect(await lockdown(sam.identity)).toMatchObject({
    weight: 'cause',
    text: expect.stringContaining('nobody'),
  });
  const tess = await panel.signIn('Frieda Holm');
  expect((await failureOf(tess.act('admit-address', null, { address: '127.0.0.1' }))).kind).toBe('forbidden');
});

test('a panel from before the lockdown has none; one that does not show it says so', async () => {
  panel.server.misbehave({ operation: 'getAdminLockdownStatus', status: 404, times: 1 });
  expect(texts(await nora.whyNot('sam@northwind.example'))).not.toContain('lockdown');
  panel.server.misbehave({ operation: 'getAdminLockdownStatus', status: 403, times: 1 });
  expect(texts(await nora.whyNot('sam@northwind.example'))).toContain('lockdown can’t be read');
});

test('somebody who has not registered yet is invited, and invited again', async () => {
  const email = 'wim@harbourbakery.example';
  const [nobody, offer] = await nora.whyNot(email);
  expect(nobody).toMatchObject({ weight: 'cause', mend: { id: 'new-login' } });
  expect(offer).toMatchObject({ weight: 'hint', mend: { id: 'invite' } });
  const [{ id: organisation = '' } = {}] = await nora.organisations('Harbour');
  const wanted = { organisation, name: 'Wim Bakker', email, roles: 'Business,Support', how: 'mail' };
  expect((await failureOf(nora.act('invite', null, { ...wanted, roles: '' }))).fields).toHaveProperty(
    'roles',
  );
  const done = await nora.act('invite', null, wanted);
  expect(done).toEqual({ message: `${email} is invited; the panel was asked to mail them the link.` });
  const first = panel.inbox.latest(email)!.code;

  const [pending, ...others] = await nora.whyNot(email);
  expect(others).toEqual([]);
  expect(pending).toMatchObject({
    weight: 'cause',
    text: expect.stringContaining('was invited to Harbour Bakery and has not registered yet'),
    mend: { label: 'Invite again' },
  });
  const page = await nora.person(pending!.personId!);
  expect(page).toMatchObject({ name: 'Wim Bakker', email });
  expect(page.tables[0]!.rows[0]!.cells.state).toBe('invited, not accepted yet');
  expect(page.tables[0]!.rows[0]!.actions[0]!.id).toBe(pending!.mend!.id);

  const again = await nora.act(pending!.mend!.id, pending!.personId!, { how: 'link' });
  expect(panel.lastSeen('createInvite').body).toEqual({
    ...{ email, name: 'Wim Bakker', roles: ['Business', 'Support'] },
    ...{ siteAccesses: [], notifications: [], sendEmail: false },
  });
  expect(panel.inbox.latest(email)!.code).toBe(first);
  const link = new URL(again.copy!);
  expect(again.message).not.toContain(link.pathname.split('/').at(-1));
  const accepted = await fetch(`${panel.server.url}${link.pathname}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'canary-chosen' }),
  });
  expect(accepted.status).toBe(200);
  expect((await failureOf(nora.act(pending!.mend!.id, pending!.personId!, { how: 'mail' }))).kind).toBe(
    'conflict',
  );
  expect(causes(await nora.whyNot(email))).toEqual([]);
});

test('a login that has not accepted an invitation is told, and what the panel gives for a link is no link', async () => {
  const email = 'ines@harbourbakery.example';
  const [{ id: organisation = '' } = {}] = await nora.organisations('Lindqvist');
  await nora.act('invite', null, { organisation, name: 'Ines', email, roles: 'Support', how: 'mail' });
  const findings = await nora.whyNot(email);
  const invited = findings.find(({ text }) => text.includes('The invitation to Lindqvist Legal'))!;
  expect(invited).toMatchObject({ weight: 'hint', mend: { label: 'Invite again' } });
  panel.server.misbehave({
    operation: 'createInvite',
    status: 201,
    body: '"rm -rf ~"',
    headers: { 'content-type': 'application/json' },
    times: 1,
  });
  const done = await nora.act(invited.mend!.id, invited.personId!, { how: 'link' });
  expect(done.copy).toBeUndefined();
  expect(done.message).toContain('gave no link');
  const tess = await panel.signIn('Tess Okafor');
  const offered = (await tess.whyNot(email)).find(({ text }) => text.includes('Lindqvist'))!;
  expect(offered.mend).toMatchObject({ missingRight: expect.stringContaining('SuperAdmin') });
  expect((await failureOf(tess.act(invited.mend!.id, invited.personId!, { how: 'mail' }))).kind).toBe(
    'forbidden',
  );
});
