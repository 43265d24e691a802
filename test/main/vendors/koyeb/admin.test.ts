import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { recoveryStep } from '#contract/admin.ts';
import { koyeb } from '../../../../main/vendors/koyeb/index.ts';
import type { Json } from '../../../../main/vendors/vendor.ts';
import type { Practice, PracticeServer } from '../../../../practice/common/types.ts';
import { startPractice } from '../../../../practice/index.ts';
import { actionOf, factOf, type Open, peopleOf, rowOf, tableOf } from '../admin-harness.ts';
import { activeOf, contextFor, failureOf, newNetwork, personOf } from '../practice-context.ts';

const network = newNetwork();
let practice: Practice;
let server: PracticeServer;

beforeAll(async () => {
  practice = await startPractice({ only: ['koyeb'], seed: 'admin koyeb' });
  server = practice.servers[0]!;
});
afterEach(() => server.behave());
afterAll(async () => {
  network.close();
  await practice.close();
});

async function signIn(name: string, more: Record<string, string> = {}): Promise<Open> {
  const { values } = personOf(server, name).account;
  const context = contextFor({ network, values: { ...values, ...more } });
  const { secret } = activeOf(await koyeb.begin(context, null, {}));
  return { vendor: koyeb, context, secret };
}

test('members of the organisation, in pages, and one of them looked at', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  const [source] = await of.sources();
  expect(source).toMatchObject({ id: 'members', label: 'Members of Lantern Works' });
  const all = await of.page({ source: 'members' }, 0, 200);
  expect(all.total).toBe(3);
  expect(all.rows.map((row) => row.cells.name).sort()).toEqual([
    'Lena Fischer',
    'Maya Castell',
    'Rui Tavares',
  ]);
  expect((await of.page({ source: 'members' }, 1, 1)).rows).toEqual(all.rows.slice(1, 2));
  const rui = all.rows.find((row) => row.cells.name === 'Rui Tavares')!;
  const page = await of.person(rui.id);
  // Rui is in Paused Pixels too, which Maya does not see.
  expect(page.tables[0]?.rows.map((row) => row.cells.organisation)).toEqual(['Lantern Works']);
  expect(page.email).toBe('rui@pausedpixels.example');
});

test('a full page of more than Koyeb gives at once is gathered', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  const member = (number: number) => ({
    id: `m${number}`,
    user_id: `u${number}`,
    user: { name: `N${number}` },
  });
  const body = { members: Array.from({ length: 100 }, (_, number) => member(number)), count: 250 };
  server.misbehave({ operation: 'listOrganizationMembers', status: 200, body, times: 1 });
  const page = await of.page({ source: 'members' }, 0, 200);
  expect(page.rows.length).toBe(100);
  const asked = server.log().filter((one) => one.operation === 'listOrganizationMembers');
  expect(asked.slice(-2).map((one) => [one.query.limit, one.query.offset])).toEqual([
    ['100', '0'],
    ['100', '100'],
  ]);
});

test('a member is removed, once', async () => {
  const of = peopleOf(await signIn('Jonas Weber'));
  const { rows } = await of.page({ source: 'members' });
  const maya = rows.find((row) => row.cells.name === 'Maya Castell')!;
  const page = await of.person(maya.id);
  const row = rowOf(page, 'Organisations', 'Tidepool Labs');
  const remove = actionOf(row.actions, 'remove-member');
  expect(remove).toMatchObject({ danger: true, confirm: expect.stringContaining('Maya Castell') });
  await of.act(remove, row.id);
  expect((await of.page({ source: 'members' })).rows.map((one) => one.cells.name)).not.toContain(
    'Maya Castell',
  );
  expect(await failureOf(of.act(remove, row.id))).toMatchObject({ kind: 'not-found' });
  expect(await failureOf(of.person(maya.id))).toMatchObject({ kind: 'not-found' });
});

const mailsTo = (email: string) => practice.inbox.list(email).length;

test('somebody is invited, reminded, and the invitation taken back', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  const source = (await of.sources()).find(({ id }) => id === 'invitations')!;
  expect(source.label).toBe('Invitations to Lantern Works');
  const email = 'ida@lanternworks.example';
  const invite = actionOf(source.actions, 'invite');
  expect(invite.effect).toContain('Lantern Works');
  expect(await failureOf(of.act(invite, '', { email: ' ' }))).toMatchObject({
    fields: { email: expect.any(String) },
  });
  await of.act(invite, '', { email });
  expect(mailsTo(email)).toBe(1);
  // Koyeb’s own word on a second one stands at the field.
  expect(await failureOf(of.act(invite, '', { email }))).toMatchObject({
    kind: 'invalid',
    fields: { email: expect.stringContaining('already') },
  });
  const { rows } = await of.page({ source: 'invitations' });
  expect(rows.map(({ cells }) => [cells.email, cells.status])).toEqual([
    ['noor@lanternworks.example', 'pending'],
    ['emil@lanternworks.example', 'expired'],
    ['rui@pausedpixels.example', 'accepted'],
    [email, 'pending'],
  ]);
  const pending = await of.page({ source: 'invitations', filters: { status: 'PENDING' } });
  expect(pending.rows.map(({ cells }) => cells.email)).toEqual(['noor@lanternworks.example', email]);

  const row = pending.rows.at(-1)!;
  const page = await of.person(row.id);
  expect(page).toMatchObject({ name: email, detail: 'An invitation' });
  expect(factOf(page, 'Invited by')).toBe('Maya Castell');
  await of.act(actionOf(page.actions, 'resend-invitation'), row.id);
  expect(mailsTo(email)).toBe(2);
  await of.act(actionOf(page.actions, 'delete-invitation'), row.id);
  expect(await failureOf(of.person(row.id))).toMatchObject({ kind: 'not-found' });

  const answered = rows.find(({ cells }) => cells.status === 'accepted')!;
  expect((await of.person(answered.id)).actions.map(({ id }) => id.split(':')[0])).toEqual([
    'delete-invitation',
  ]);
  // A token of another organisation sees none of these.
  const jonas = peopleOf(await signIn('Jonas Weber'));
  expect((await jonas.page({ source: 'invitations' })).rows).toEqual([]);
  expect(await failureOf(jonas.person(answered.id))).toMatchObject({ kind: 'not-found' });
});

test('an invitation that was not accepted is why they can’t sign in, and is sent again from there', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  const email = 'emil@lanternworks.example';
  const [cause] = await of.why(email.toUpperCase());
  expect(cause).toMatchObject({
    weight: 'cause',
    text: expect.stringMatching(/not accepted the invitation to Lantern Works, which ran out on/),
  });
  await of.act(cause!.mend!, cause!.personId!);
  expect(mailsTo(email)).toBe(1);
  expect((await of.why(email))[0]?.text).toContain('which runs out on');
  // An invitation stands beside what is known of a member elsewhere, and is mended as itself.
  const invited = actionOf((await of.sources())[0]!.actions, 'invite');
  await of.act(invited, '', { email: 'pia@meadow.example' });
  const pia = await of.why('pia@meadow.example');
  expect(pia.map(({ personId }) => personId?.startsWith('invitation:'))).toEqual([false, true]);
});

test('why they can’t sign in is told without the operation that Koyeb will drop', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  server.misbehave({ operation: 'getLoginMethod', status: 404, body: {} });
  expect((await of.why('rui@pausedpixels.example')).map((one) => one.weight)).toEqual(['hint', 'fine']);
});

test('an API credential gets another name, and its token stays good', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  const made = actionOf((await of.own()).actions, 'new-credential');
  const { copy } = await of.actOnOwn(made, null, {
    name: 'Nightly',
    description: 'builds',
    type: 'ORGANIZATION',
  });
  const row = rowOf(await of.own(), 'API credentials', 'Nightly');
  const change = actionOf(row.actions, 'change-credential');
  expect(change.fields.map(({ initial }) => initial)).toEqual(['Nightly', 'builds']);
  expect(await failureOf(of.actOnOwn(change, row.id, { name: '' }))).toMatchObject({
    fields: { name: expect.any(String) },
  });
  await of.actOnOwn(change, row.id, { name: 'Weekly', description: '' });
  expect(rowOf(await of.own(), 'API credentials', 'Weekly').cells).toMatchObject({
    type: 'the organisation',
    description: '',
  });
  const answer = await fetch(`${server.url}/v1/account/profile`, {
    headers: { authorization: `Bearer ${copy}` },
  });
  expect(answer.status).toBe(200);
  await of.actOnOwn(actionOf(row.actions, 'delete-credential'), row.id);
});

test('a session without an organisation has no members, and says why', async () => {
  const theo = await signIn('Theo Blanc');
  const of = peopleOf(theo);
  for (const source of await of.sources()) {
    expect(source.missingRight).toContain('in none');
    expect(source.actions).toEqual([]);
  }
  expect(await of.page({ source: 'members' })).toEqual({ rows: [], total: 0 });
  expect(await failureOf(koyeb.copyText!(theo.context, theo.secret, 'access-token'))).toMatchObject({
    kind: 'not-found',
  });
});

test('the own login: organisations, credentials; one is deleted and its token dies', async () => {
  const lena = await signIn('Lena Fischer’s token');
  const of = peopleOf(lena);
  const page = await of.own();
  expect(page).toMatchObject({ name: 'Lena Fischer', email: 'lena@lanternworks.example' });
  expect(rowOf(page, 'Organisations', 'Lantern Works').cells).toEqual({
    name: 'Lantern Works',
    role: 'owner',
    status: 'active',
    detail: 'pro',
    here: '',
  });
  const { token } = personOf(server, 'Lena Fischer’s token').account.values;
  expect(JSON.stringify(page)).not.toContain(token);
  const row = rowOf(page, 'API credentials', 'Lena’s laptop');
  const revoke = actionOf(row.actions, 'delete-credential');
  expect(revoke.confirm).toContain('this session too');
  await of.actOnOwn(revoke, row.id);
  expect(await koyeb.check(lena.context, lena.secret)).toMatchObject({ alive: false });
  const maya = peopleOf(await signIn('Maya Castell'));
  expect(await failureOf(maya.actOnOwn(revoke, row.id))).toMatchObject({ kind: 'not-found' });
  expect(tableOf(await maya.own(), 'API credentials').rows.map((one) => one.cells.name)).toEqual([
    'Support desk',
  ]);
});

test('a new credential is told to main alone and works, for the person or the organisation', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  const offered = actionOf((await of.own()).actions, 'new-credential');
  expect(offered.fields.find(({ name }) => name === 'type')?.options?.map(({ label }) => label)).toEqual([
    'you',
    'Lantern Works',
  ]);
  for (const [type, belongs] of [
    ['USER', 'you'],
    ['ORGANIZATION', 'the organisation'],
  ] as const) {
    const name = `Robot of ${belongs}`;
    const { copy, ...done } = await of.actOnOwn(offered, null, { name, description: ' for tests ', type });
    expect(JSON.stringify(done)).not.toContain(copy);
    const page = await of.own();
    expect(rowOf(page, 'API credentials', name).cells).toMatchObject({
      type: belongs,
      description: 'for tests',
    });
    expect(JSON.stringify(page)).not.toContain(copy);
    const answer = await fetch(`${server.url}/v1/account/profile`, {
      headers: { authorization: `Bearer ${copy}` },
    });
    expect(await answer.json()).toMatchObject({ user: { name: 'Maya Castell' } });
    await of.actOnOwn(actionOf(rowOf(page, 'API credentials', name).actions, 'delete-credential'), null);
  }
  expect(await failureOf(of.actOnOwn(offered, null, { name: ' ', type: 'USER' }))).toMatchObject({
    fields: { name: expect.any(String) },
  });
  server.misbehave({
    operation: 'createCredential',
    status: 200,
    body: { credential: { id: 'x' } },
    times: 1,
  });
  expect(await failureOf(of.actOnOwn(offered, null, { name: 'Mute', type: 'USER' }))).toMatchObject({
    kind: 'unexpected-answer',
    advice: expect.stringContaining('Delete it'),
  });

  const theo = peopleOf(await signIn('Theo Blanc'));
  const alone = actionOf((await theo.own()).actions, 'new-credential');
  expect(alone.fields.find(({ name }) => name === 'type')?.options).toHaveLength(1);
  expect(await failureOf(theo.actOnOwn(alone, null, { name: 'Forced', type: 'ORGANIZATION' }))).toMatchObject(
    { fields: { type: expect.any(String) } },
  );
});

test('why they can’t sign in', async () => {
  const of = peopleOf(await signIn('Maya Castell'));
  expect(await of.why('nobody@nowhere.example')).toEqual([]);
  const lena = await of.why('LENA@lanternworks.example');
  expect(lena[0]).toMatchObject({ weight: 'cause', text: expect.stringContaining('WorkOS') });
  expect((await of.person(lena[0]?.personId ?? '')).name).toBe('Lena Fischer');
  const rui = await of.why('rui@pausedpixels.example');
  expect(rui.map((one) => one.weight)).toEqual(['hint', 'fine']);
  const self = await of.why('maya@lanternworks.example');
  expect(self.map((one) => one.text).join()).toContain('Old Foundry is deactivated');
  const pia = await peopleOf(await signIn('Pia Lund')).why('pia@meadow.example');
  expect(pia.map((one) => one.text).join()).toContain('not confirmed');
});

test('what is copied works, and the short token says that it can’t be revoked', async () => {
  const { context, secret } = await signIn('Maya Castell');
  const listed = koyeb.copyables!(secret);
  expect(listed.map((one) => one.id)).toEqual(['env', 'token', 'access-token']);
  expect(listed[2]?.explain).toContain('can’t be revoked');
  const env = await koyeb.copyText!(context, secret, 'env');
  const token = await koyeb.copyText!(context, secret, 'token');
  expect(env).toBe(`KOYEB_TOKEN=${token}`);
  expect(JSON.stringify(listed)).not.toContain(token);
  const short = await koyeb.copyText!(context, secret, 'access-token');
  expect(short).not.toBe(token);
  const answer = await fetch(`${server.url}/v1/account/organization`, {
    headers: { authorization: `Bearer ${short}` },
  });
  expect(await answer.json()).toMatchObject({ organization: { name: 'Lantern Works' } });
  expect(await failureOf(koyeb.copyText!(context, secret, 'else'))).toMatchObject({ kind: 'not-found' });
});

test('recovery: mail, id, password; the session that Koyeb opens on the way is ended', async () => {
  const { context } = await signIn('Rui Tavares');
  const sessions = server.sessions().length;
  const go = async (step: string, values: Record<string, string>, state: Json) => {
    const at = await koyeb.recovery!.next(context, step, values, state);
    return { ...at, step: recoveryStep.parse(at.step) };
  };
  const { step, state } = await koyeb.recovery!.first(context);
  expect(step.explain).toMatch(/deprecated/);
  expect(step.explain).toContain('does not tell whether it knows');
  expect(await failureOf(go('who', {}, state))).toMatchObject({ fields: { email: expect.any(String) } });
  const workos = await go('who', { email: 'lena@lanternworks.example' }, state);
  expect(workos.step).toMatchObject({ done: true, explain: expect.stringContaining('WorkOS') });

  const email = 'jonas@tidepool.example';
  const asked = await go('who', { email }, state);
  expect(asked.step).toMatchObject({ id: 'password', done: false });
  const id = practice.inbox.list().find((one) => one.to === email)?.code ?? '';
  const wrong = await failureOf(go('password', { id: 'nothing', password: 'new-tide-1811' }, asked.state));
  expect(wrong).toMatchObject({ kind: 'invalid', fields: { id: expect.any(String) } });
  const link = `https://app.koyeb.com/account/reset/${id}`;
  const done = await go('password', { id: link, password: 'new-tide-1811' }, asked.state);
  expect(done.step).toMatchObject({ done: true, explain: expect.stringContaining('ended at once') });
  expect(server.sessions().length).toBe(sessions);
  await signIn('Jonas Weber', { password: 'new-tide-1811' });

  // Nobody is told apart: an unknown address looks the same.
  const unknown = await go('who', { email: 'nobody@nowhere.example' }, state);
  expect(unknown.step.id).toBe('password');
});

test('a recovery whose session can’t be ended says how long it lives', async () => {
  const { context } = await signIn('Maya Castell');
  const email = 'theo@wanderer.example';
  const asked = await koyeb.recovery!.next(context, 'who', { email }, { email: '' });
  const id = practice.inbox.list().find((one) => one.to === email)?.code ?? '';
  server.misbehave({ operation: 'logout', status: 500, body: {} });
  const { step } = await koyeb.recovery!.next(
    context,
    'password',
    { id, password: 'road-open-72' },
    asked.state,
  );
  expect(step.explain).toMatch(/did not confirm its end.*dies by itself/);
});
