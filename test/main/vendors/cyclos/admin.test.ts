import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cyclos } from '../../../../main/vendors/cyclos/index.ts';
import type { Practice, PracticeServer } from '../../../../practice/common/types.ts';
import { startPractice } from '../../../../practice/index.ts';
import { actionOf, factOf, type Open, peopleOf, rowOf, tableOf } from '../admin-harness.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  personOf,
  promptOf,
} from '../practice-context.ts';

const network = newNetwork();
afterAll(() => network.close());

describe.each(['4.16', '4.11'] as const)('the directory of Cyclos %s', (generation) => {
  let practice: Practice;
  let server: PracticeServer;
  let admin: Open;
  const isNew = generation === '4.16';

  async function signIn(name: string, password?: string): Promise<Open> {
    const { values } = personOf(server, name).account;
    const context = contextFor({ network, values: { ...values, ...(password ? { password } : {}) } });
    const { secret } = activeOf(await cyclos.begin(context, null, {}));
    return { vendor: cyclos, context, secret };
  }
  async function idOf(name: string): Promise<string> {
    const { rows } = await peopleOf(admin).page({ source: 'users', search: name });
    const row = rows.find((one) => one.cells.username === name);
    if (!row) throw new Error(`Nobody is called ${name}.`);
    return row.id;
  }

  beforeAll(async () => {
    practice = await startPractice({ only: ['cyclos'], cyclos: generation, seed: `admin ${generation}` });
    server = practice.servers[0]!;
    admin = await signIn('alice');
  });
  afterEach(() => server.behave());
  afterAll(() => practice.close());

  test('the directory: search, filters, groups, pages that join without a gap', async () => {
    const of = peopleOf(admin);
    const [source] = await of.sources();
    expect(source?.missingRight).toBeUndefined();
    const options = (id: string) => source?.filters.find((one) => one.id === id)?.options ?? [];
    expect(options('group').map((one) => one.label)).toEqual(
      expect.arrayContaining(['Administrators', 'Brokers', 'Businesses', 'Members']),
    );
    const whole = await of.page({ source: 'users' }, 0, 100);
    expect(whole.total).toBeGreaterThan(300);
    const halves = [
      ...(await of.page({ source: 'users' }, 0, 40)).rows,
      ...(await of.page({ source: 'users' }, 40, 40)).rows,
    ];
    expect(halves).toEqual(whole.rows.slice(0, 80));
    // A range across two of the server's pages.
    expect((await of.page({ source: 'users' }, 30, 40)).rows).toEqual(whole.rows.slice(30, 70));
    const blocked = await of.page({ source: 'users', filters: { status: 'blocked' } });
    expect(blocked.total).toBeGreaterThan(0);
    expect(blocked.total).toBeLessThan(whole.total ?? 0);
    const brokers = await of.page({ source: 'users', filters: { role: 'broker', group: 'brokers' } });
    expect(brokers.rows.map((row) => row.cells.username)).toEqual(['bruno']);
    const found = await of.page({ source: 'users', search: 'mona member' });
    expect(found.rows[0]?.cells).toEqual({
      display: 'Mona Member',
      username: 'mona',
      email: 'mona@left-coast.example',
      phone: '+15550100102',
      group: 'Members',
    });
    expect(await of.page({ source: 'users' }, 100_000, 100)).toMatchObject({ rows: [] });
  });

  test('a blocked password is unblocked, disabled, enabled, and signs in again', async () => {
    const of = peopleOf(admin);
    const id = await idOf('password-indefinitelyblocked');
    const row = async () => rowOf(await of.person(id), 'Passwords', 'Login password');
    const before = await row();
    expect(before.cells.status).toBe('blocked until unblocked');
    expect((await of.act(actionOf(before.actions, 'unblock'), before.id)).message).toContain('unblocked');
    expect((await row()).cells.status).toBe('active');
    await of.act(actionOf((await row()).actions, 'disable'), before.id);
    expect((await row()).cells.status).toBe('disabled');
    await of.act(actionOf((await row()).actions, 'enable'), before.id);
    await signIn('password-indefinitelyblocked');
    // Done already: the server's answer wins.
    expect(await failureOf(of.act(actionOf(before.actions, 'unblock'), before.id))).toMatchObject({
      kind: 'forbidden',
    });
  });

  test('a new password is set, refused when too short, and reset and sent', async () => {
    const of = peopleOf(admin);
    const id = await idOf('quinn');
    const { actions, id: target } = rowOf(await of.person(id), 'Passwords', 'Login password');
    const change = actionOf(actions, 'change-password');
    expect(change).toMatchObject({ special: 'password' });
    expect(change.fields[0]?.help).toBe('Cyclos wants: 6 to 20 characters.');
    const short = await failureOf(of.act(change, target, { password: 'a1', forceChange: 'no' }));
    expect(short).toMatchObject({ kind: 'invalid', fields: { password: expect.stringContaining('6') } });
    expect(await failureOf(of.act(change, target, {}))).toMatchObject({ kind: 'invalid' });
    const done = await of.act(change, target, { password: 'Fresh-2027', forceChange: 'no' });
    expect(JSON.stringify(done)).not.toContain('Fresh');
    await signIn('quinn', 'Fresh-2027');
    // The page itself offers it for the password that a sign-in asks for, and for no other.
    const resets = (await of.person(id)).actions.filter((one) => one.label === 'Reset password');
    expect(resets).toEqual([
      { ...change, id: change.id.replace('change', 'reset'), label: 'Reset password' },
    ]);
    await of.act(resets[0]!, id, { password: 'Other-2027', forceChange: 'no' });
    await signIn('quinn', 'Other-2027');
    const reset = actionOf(actions, 'reset-and-send');
    expect(await failureOf(of.act(reset, target, {}))).toMatchObject({
      fields: { medium: expect.any(String) },
    });
    // 4.11 does not say by what it can send, so that it may also choose.
    const media = reset.fields[0]?.options?.map((one) => one.value);
    expect(media).toEqual(isNew ? ['email'] : ['every', 'email', 'sms']);
    await of.act(reset, target, { medium: media?.[0] ?? '' });
    expect(lastSeen(server, 'resetAndSendPassword').query).toEqual(isNew ? { sendMediums: 'email' } : {});
    const mail = practice.inbox.list().find((one) => one.to.startsWith('quinn@'));
    const { values } = personOf(server, 'quinn').account;
    const context = contextFor({ network, values: { ...values, password: mail?.code ?? '' } });
    // It is good for one sign-in, in which a new one has to be set.
    const sent = promptOf(await cyclos.begin(context, null, {}));
    expect(sent.ask).toMatchObject({ kind: 'new-password', needsOld: false });
    await cyclos.abandon!(context, sent.resume);
    expect(rowOf(await of.person(id), 'Passwords', 'Login password').cells.status).toBe('expired');
  });

  test('a person of few rights sees the people, and which rights are missing', async () => {
    const few = await signIn('felix');
    const of = peopleOf(few);
    expect((await of.sources())[0]?.missingRight).toBeUndefined();
    const id = await idOf('mona');
    const page = await of.person(id);
    expect(page.name).toBe('Mona Member');
    expect(tableOf(page, 'Passwords').failed).toContain('to manage passwords');
    const target = rowOf(await peopleOf(admin).person(id), 'Passwords', 'Login password');
    expect(await failureOf(of.act(actionOf(target.actions, 'disable'), target.id))).toMatchObject({
      kind: 'forbidden',
      missingRight: 'to disable passwords',
    });
    if (isNew) {
      expect(actionOf(page.actions, 'end-all-sessions').missingRight).toBe(
        'the right to disconnect sessions',
      );
      expect(actionOf(page.actions, 'change-status').missingRight).toContain('status');
      expect(tableOf(page, 'Sessions').failed).toContain('to view sessions');
      expect(tableOf(page, 'Trusted devices').failed).toContain('Needed: to manage trusted devices');
    }
    const mona = peopleOf(await signIn('Left Coast: Member'));
    expect((await mona.sources())[0]?.missingRight).toContain('to search people');
    expect(await failureOf(mona.page({ source: 'users' }))).toMatchObject({ kind: 'forbidden' });
  });

  test('the own login: its password is changed with the old one', async () => {
    const of = peopleOf(await signIn('zoë'));
    const page = await of.own();
    expect(page.name).toBe('Zoë Müßig');
    expect(factOf(page, 'User name')).toBe('zoë');
    const row = rowOf(page, 'Passwords', 'Login password');
    expect(row.actions.map((one) => one.id.split(':')[0])).toEqual(['change-own-password']);
    const change = actionOf(row.actions, 'change-own-password');
    expect(change.fields.map((one) => one.name)).toEqual(['oldPassword', 'password']);
    expect(change.fields[1]?.help).toBe('Cyclos wants: 6 to 20 characters.');
    const wrong = { oldPassword: 'not-this', password: 'Zoë-2027☂' };
    expect(await failureOf(of.actOnOwn(change, row.id, wrong))).toMatchObject({ kind: 'refused-prompt' });
    await of.actOnOwn(change, row.id, { oldPassword: 'Pässwört:☂', password: 'Zoë-2027☂' });
    await signIn('zoë', 'Zoë-2027☂');
  });

  test('why they can’t sign in, and what mends it', async () => {
    const of = peopleOf(admin);
    expect(await of.why('nobody.at.all@left-coast.example')).toEqual([]);
    const waiting = await of.why('password-temporarilyblocked@left-coast.example');
    expect(waiting[0]).toMatchObject({ weight: 'cause', text: expect.stringContaining('for a while') });
    if (isNew) expect(waiting.map((one) => one.text).join()).toMatch(/Alert of .*wrong tries/);
    const { mend, personId } = waiting[0]!;
    await of.act(mend!, personId!);
    expect((await of.why('password-temporarilyblocked@left-coast.example')).at(-1)).toMatchObject({
      weight: 'fine',
    });
    const never = await of.why('password-nevercreated@left-coast.example');
    expect(never[0]).toMatchObject({
      weight: 'cause',
      mend: { id: expect.stringContaining('reset-and-send') },
    });
    const disabled = await of.why('user-disabled@left-coast.example');
    expect(disabled[0]).toMatchObject({ weight: 'cause', text: expect.stringContaining('disabled') });
    expect(disabled[0]?.mend?.id).toBe(isNew ? 'make-active' : undefined);
    const blocked = await of.why('user-blocked@left-coast.example');
    expect(blocked[0]).toMatchObject({ weight: 'cause', text: 'They are blocked in Cyclos.' });
    const expired = await of.why('xaver@left-coast.example');
    expect(expired.map((one) => one.weight)).toEqual(['hint', 'fine']);
    const fine = await of.why('MONA@left-coast.example');
    expect(fine).toHaveLength(1);
    expect(fine[0]?.text).toContain('agreements');
    const blind = await peopleOf(await signIn('felix')).why('mona@left-coast.example');
    expect(blind.map((one) => one.text).join()).toContain('Not looked at: their passwords');
    // A second password that is blocked stops only where it is asked for.
    const { rows } = await of.page({ source: 'users', search: 'nora' });
    expect((await of.why('nora@left-coast.example')).map((one) => one.weight)).toEqual(['fine']);
    expect(rows).toHaveLength(1);
  });

  test('the console opens signed in as this session, and the session stays the app’s', async () => {
    const { url, headers, cookies } = await cyclos.handOver!(admin.context, admin.secret);
    expect(cookies).toEqual([]);
    expect(url.includes('sessionToken=')).toBe(!isNew);
    expect(await (await fetch(url)).text()).toContain(isNew ? 'Nobody is signed in' : 'Alice Arden');
    expect(await (await fetch(url, { headers })).text()).toContain('Signed in as Alice Arden');
    expect(await cyclos.check(admin.context, admin.secret)).toMatchObject({ alive: true });
    const till = await signIn('Access client: Counter till');
    expect(await failureOf(cyclos.handOver!(till.context, till.secret))).toMatchObject({ kind: 'forbidden' });
  });

  test('the header line that is copied signs in', async () => {
    const [one] = cyclos.copyables!(admin.secret);
    const line = await cyclos.copyText!(admin.context, admin.secret, one!.id);
    const [name = '', value = ''] = line.split(': ');
    const auth = await fetch(`${server.url}/auth`, { headers: { [name]: value, channel: 'main' } });
    expect(await auth.json()).toMatchObject({ user: { display: 'Alice Arden' } });
    expect(JSON.stringify(cyclos.copyables!(admin.secret))).not.toContain(value);
    const till = await signIn('Access client: Counter till');
    expect(await cyclos.copyText!(till.context, till.secret, 'header')).toMatch(/^Access-Client-Token: \S+$/);
    expect(await failureOf(cyclos.copyText!(admin.context, admin.secret, 'else'))).toMatchObject({
      kind: 'not-found',
    });
  });

  test.runIf(!isNew)('what 4.11 lacks is said, and not offered', async () => {
    const page = await peopleOf(admin).person(await idOf('bruno'));
    expect(page.tables.map((one) => one.title)).toEqual(['Passwords', 'Access clients']);
    expect(page.actions.map((one) => one.id.split(':')[0])).toEqual(['reset-password']);
    expect(factOf(page, 'Not offered here')).toContain('newer Cyclos');
  });

  test.runIf(isNew)('sessions: no token leaves, one is disconnected, then all', async () => {
    const of = peopleOf(admin);
    const id = await idOf('bruno');
    const bruno = await signIn('bruno');
    const page = await of.person(id);
    const sessions = tableOf(page, 'Sessions');
    const before = sessions.rows.length;
    expect(before).toBeGreaterThan(1);
    for (const { id: token } of server.sessions()) expect(JSON.stringify(page)).not.toContain(token);
    const local = rowOf(page, 'Sessions', '127.0.0.1');
    await of.act(actionOf(local.actions, 'end-session'), local.id);
    expect(await cyclos.check(bruno.context, bruno.secret)).toMatchObject({ alive: false });
    const again = await of.act(actionOf(local.actions, 'end-session'), local.id);
    expect(again.message).toContain('no longer');
    const all = await of.act(actionOf(page.actions, 'end-all-sessions'), id);
    expect(all.message).toBe(
      before - 1 === 1 ? '1 session was disconnected.' : `${before - 1} sessions were disconnected.`,
    );
    expect(tableOf(await of.person(id), 'Sessions').rows).toEqual([]);
    // One's own session is shown as such and has no button.
    const own = await of.own();
    expect(tableOf(own, 'Sessions').rows.filter((row) => row.cells.here === 'yes')[0]?.actions).toEqual([]);
  });

  test.runIf(isNew)('the status is changed with a comment and kept in the history', async () => {
    const of = peopleOf(admin);
    const id = await idOf('otto');
    const change = actionOf((await of.person(id)).actions, 'change-status');
    expect(change.fields[0]?.options?.map((one) => one.value)).toEqual(['blocked', 'disabled', 'removed']);
    expect(await failureOf(of.act(change, id, {}))).toMatchObject({ fields: { status: expect.any(String) } });
    await of.act(change, id, { status: 'blocked', comment: 'Asked by phone' });
    const page = await of.person(id);
    expect(factOf(page, 'Status')).toBe('blocked');
    expect(rowOf(page, 'Status history', 'Asked by phone').cells).toMatchObject({
      status: 'blocked',
      by: 'Alice Arden',
    });
    // Two staff: the second wants what is no longer possible.
    expect(await failureOf(of.act(change, id, { status: 'blocked' }))).toMatchObject({
      kind: 'forbidden',
      vendorCode: 'illegalAction',
    });
    const [why] = await of.why('otto@left-coast.example');
    await of.act(why!.mend!, id, { comment: '' });
    expect(factOf(await of.person(id), 'Status')).toBe('active');
  });

  test.runIf(isNew)('devices and the authenticator are removed with one’s own password', async () => {
    const of = peopleOf(admin);
    const id = await idOf('tara');
    const page = await of.person(id);
    expect(factOf(page, 'Authenticator app')).toBe('active');
    const device = rowOf(page, 'Trusted devices', 'Tara’s phone');
    const remove = actionOf(device.actions, 'remove-device');
    expect(remove.fields[0]).toMatchObject({ name: 'confirmation', secret: true, required: true });
    const wrong = await failureOf(of.act(remove, device.id, { confirmation: 'Wrong-2026' }));
    expect(wrong).toMatchObject({ kind: 'refused-prompt', vendorCode: 'invalidPassword' });
    await of.act(remove, device.id, { confirmation: 'Coast-2026' });
    await of.act(actionOf(page.actions, 'remove-authenticator'), id, { confirmation: 'Coast-2026' });
    const after = await of.person(id);
    expect(tableOf(after, 'Trusted devices').rows).toEqual([]);
    expect(factOf(after, 'Authenticator app')).toBe('not set up');
    expect(after.actions.map((one) => one.id)).not.toContain('remove-authenticator');
    // Begun and not finished is not one either.
    server.misbehave({ operation: 'viewUserTotpSecret', status: 200, body: { status: 'pending' } });
    const begun = await of.person(id);
    expect(factOf(begun, 'Authenticator app')).toBe('being set up');
    expect(begun.actions.map((one) => one.id)).not.toContain('remove-authenticator');
    expect((await of.why('tara@left-coast.example')).map((one) => one.text).join()).toContain('not finished');
  });

  test('a table that fails says so and leaves the page; a dead session throws', async () => {
    server.misbehave({ operation: 'getUserPasswordsListData', status: 500, body: { kind: 'general' } });
    const page = await peopleOf(admin).person(await idOf('mona'));
    expect(tableOf(page, 'Passwords')).toMatchObject({
      rows: [],
      failed: expect.stringContaining('an error of its own'),
    });
    expect(page.email).toBe('mona@left-coast.example');
    server.behave();
    const gone = await signIn('Left Coast: Member');
    await cyclos.end(gone.context, gone.secret);
    expect(await failureOf(peopleOf(gone).own())).toMatchObject({ kind: 'expired' });
    const { act } = peopleOf(admin);
    const nonsense = { id: 'sing', label: '', fields: [], danger: false };
    expect(await failureOf(act(nonsense, await idOf('mona')))).toMatchObject({ kind: 'not-found' });
  });

  test('an access client disconnects itself, with the password of its owner where it is asked for', async () => {
    const till = await signIn('Access client: Office till');
    const page = await cyclos.ownLogin!.page(till.context, till.secret);
    expect(page.actions.map((one) => one.id)).toEqual([
      'disconnect-client',
      ...(isNew ? ['set-up-authenticator', 'set-security-answer'] : []),
    ]);
    const act = (confirmation: string) =>
      cyclos.ownLogin!.act(till.context, till.secret, {
        ...{ action: 'disconnect-client', target: null, image: null },
        values: { confirmation },
      });
    expect((await failureOf(act('not the password'))).kind).not.toBe('internal');
    expect(await cyclos.check(till.context, till.secret)).toMatchObject({ alive: true });
    await act('Member-2026');
    expect(await cyclos.check(till.context, till.secret)).toMatchObject({ alive: false });
  });
});
