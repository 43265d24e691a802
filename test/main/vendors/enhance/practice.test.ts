import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createNetwork, type Network } from '#http/client.ts';
import { userAgentFor } from '#lib/session-tag.ts';
import { enhanceClient } from '../../../../main/vendors/enhance/api/client.ts';
import { enhance } from '../../../../main/vendors/enhance/index.ts';
import type { Grant, Json, Step, VendorContext } from '../../../../main/vendors/vendor.ts';
import { Inbox } from '../../../../practice/common/inbox.ts';
import { makeIds } from '../../../../practice/common/seed.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startEnhance } from '../../../../practice/enhance/index.ts';
import { failureOf } from '../../http/fixture.ts';

let server: PracticeServer;
let inbox: Inbox;
/** ms by which the panel's clock is off. */
let clockError: number;
let network: Network;
beforeEach(async () => {
  inbox = new Inbox();
  clockError = 0;
  const clock = { now: () => Date.now() + clockError, advance: () => {} };
  server = await startEnhance({ ids: makeIds('people', randomUUID()), clock, inbox });
  network = createNetwork();
});
afterEach(async () => {
  network.close();
  await server.close();
});

const panel = () => server;
const person = (label: string) => panel().people.find((candidate) => candidate.label === label)!;
const ours = () =>
  panel()
    .sessions()
    .filter((session) => session.userAgent?.startsWith('Gatehouse/'));

function context(
  label: string,
  more: { values?: Record<string, string>; sessionTag?: string; realm?: VendorContext['realm'] } = {},
) {
  const { account } = person(label);
  const values: Record<string, string> = { ...account.values, ...more.values };
  const sessionTag = more.sessionTag ?? 'session-1';
  const made: VendorContext = {
    http: network.open({
      baseUrl: values.baseUrl!,
      userAgent: userAgentFor('0.1.0', 'install-1', sessionTag),
    }),
    baseUrl: values.baseUrl!,
    values,
    realm: more.realm ?? account.realm ?? null,
    sessionTag,
    machineName: 'test',
    showPage: async () => {},
    signal: new AbortController().signal,
    now: Date.now,
  };
  return made;
}

function granted(step: Step): Grant {
  if (step.kind !== 'active') throw new Error('This should have been active.');
  expect(JSON.parse(JSON.stringify(step.grant))).toEqual(step.grant);
  return step.grant;
}

function prompted(step: Step) {
  if (step.kind !== 'prompt') throw new Error('This should have been a prompt.');
  return { ...step, resume: JSON.parse(JSON.stringify(step.resume)) as Json };
}

const pinFor = (label: string) => inbox.latest(person(label).identity)!.code!;

describe('without a second factor', () => {
  test('signs in, says who and where, and signs out so that the panel forgets it', async () => {
    const here = context('Nora Lindholm');
    const grant = granted(await enhance.begin(here, null, {}));
    expect(grant).toMatchObject({
      method: 'password',
      expiresAt: null,
      realm: { name: 'Northwind Hosting' },
    });
    const later = context('Nora Lindholm', { realm: grant.realm });
    expect(await enhance.check(later, grant.secret)).toMatchObject({ alive: true, person: 'Nora Lindholm' });
    const identity = await enhance.whoAmI!(later, grant.secret);
    expect(identity.detail).toBe('nora@northwind.example');
    expect(identity.facts).toContainEqual({ label: 'Signs in with', value: 'password only' });
    expect(identity.facts).toContainEqual({ label: 'Panel version', value: '12.21.3' });
    expect(identity.facts).toContainEqual({ label: 'Panel', value: 'ready' });
    const headers = { 'content-type': 'application/json' };
    panel().misbehave({ operation: 'orchdVersion', status: 404, times: 1 });
    panel().misbehave({ operation: 'orchdStatus', status: 200, body: '"updating"', headers, times: 1 });
    const half = await enhance.whoAmI!(later, grant.secret);
    expect(half.facts.slice(-1)).toEqual([{ label: 'Panel', value: 'being updated' }]);
    expect(half.facts.map(({ label }) => label)).not.toContain('Panel version');
    expect(await enhance.memberships!(later, grant.secret)).toMatchObject([
      { realm: { name: 'Northwind Hosting' }, roles: ['Owner'], badge: 'master', here: true },
    ]);
    expect(ours()).toHaveLength(1);
    await enhance.end(later, grant.secret);
    expect(ours()).toHaveLength(0);
    await enhance.end(later, grant.secret);
    const gone = await enhance.check(later, grant.secret);
    expect(gone).toMatchObject({ alive: false, reason: expect.stringContaining('no longer knows') });
  });

  test('a network fault is not taken for an ended session', async () => {
    const here = context('Nora Lindholm');
    const { secret } = granted(await enhance.begin(here, null, {}));
    panel().misbehave({ operation: '*', status: 503 });
    expect((await failureOf(enhance.check(here, secret))).kind).toBe('server-fault');
    expect((await failureOf(enhance.end(here, secret))).kind).toBe('server-fault');
    panel().behave();
    panel().misbehave({ operation: 'deleteCurrentSession', reset: 'after', times: 1 });
    await enhance.end(here, secret);
    expect(ours()).toHaveLength(0);
  });

  test('wrong password, wrong path, blocked login: each its own sentence', async () => {
    const wrong = context('Nora Lindholm', { values: { password: 'canary-wrong' } });
    expect((await failureOf(enhance.begin(wrong, null, {}))).kind).toBe('refused-credentials');
    const nowhere = context('Nora Lindholm', { values: { baseUrl: panel().origin } });
    const failure = await failureOf(enhance.begin(nowhere, null, {}));
    expect(failure.kind).toBe('wrong-place');
    expect(failure.advice).toContain('/api');
    const blocked = await failureOf(enhance.begin(context('Bea Nyström'), null, {}));
    expect(blocked.kind).toBe('locked-out');
    expect(blocked.message).not.toContain('.”.');
    expect(blocked.message).toContain('Too many failed sign-ins');
  });
});

describe('realms', () => {
  test('an id that no realm can have is not sent; the form is told', async () => {
    const before = server.log().length;
    const odd = context('Nora Lindholm', { realm: { id: 'northwind', name: 'Northwind' } });
    expect(await failureOf(enhance.begin(odd, null, {}))).toMatchObject({
      kind: 'invalid',
      fields: { 'realm.id': expect.stringContaining('01234567-') },
    });
    expect(server.log()).toHaveLength(before);
  });

  test('the same e-mail is another person in another realm', async () => {
    const labels = panel().people.filter((candidate) => candidate.identity === 'alex@moreau.example');
    expect(labels).toHaveLength(2);
    const eu = labels.find((candidate) => candidate.realm?.name === 'Reseller EU')!;
    const here = context('Alex Moreau', {
      values: { password: eu.password! },
      realm: { id: eu.realm!.id, name: eu.realm!.id },
    });
    const grant = granted(await enhance.begin(here, null, {}));
    expect(grant.realm).toEqual({ id: eu.realm!.id, name: 'Reseller EU' });
    expect(
      panel()
        .sessions()
        .find((session) => session.userAgent?.startsWith('Gatehouse'))?.realm,
    ).toBe(eu.realm!.id);
    const plain = context('Alex Moreau', { values: { password: eu.password! } });
    expect((await failureOf(enhance.begin(plain, null, {}))).kind).toBe('refused-credentials');
  });

  test('an unnamed realm is learned from the organisation’s parent, where the panel shows it', async () => {
    const here = context('Frieda Holm');
    const { secret, realm } = granted(await enhance.begin(here, null, {}));
    expect(realm).toMatchObject({ name: 'Northwind Hosting' });
    expect(await enhance.check(here, secret)).toMatchObject({ realm: { name: 'Northwind Hosting' } });
    const plain = context('Ines Duarte');
    const hidden = granted(await enhance.begin(plain, null, {}));
    expect(await enhance.check(plain, hidden.secret)).toEqual({
      alive: true,
      person: 'Ines Duarte',
      secret: expect.anything(),
    });
  });
});

describe('with a PIN by e-mail', () => {
  test('the session knows its realm, as after a password alone', async () => {
    const here = context('Amir Haddad');
    const { resume } = prompted(await enhance.begin(here, null, {}));
    const code = inbox.latest('amir@northwind.example')?.code ?? '';
    const { realm, secret } = granted(await enhance.answer(here, resume, { code }));
    expect(realm).toMatchObject({ name: 'Northwind Hosting' });
    const listed = await enhance.memberships!({ ...here, realm }, secret);
    expect(listed.filter((one) => one.here).map((one) => one.badge)).toEqual(['master']);
  });

  test('asks for it, sends another, and takes it after a restart', async () => {
    const first = prompted(await enhance.begin(context('Amir Haddad'), null, {}));
    expect(first.ask).toMatchObject({
      kind: 'code',
      medium: 'e-mail',
      sentTo: 'amir@northwind.example',
      canSendAgain: true,
    });
    expect(first.deadline).toBeGreaterThan(Date.now());
    const old = pinFor('Amir Haddad');
    const second = prompted(await enhance.sendAgain!(context('Amir Haddad'), first.resume, null));
    expect(pinFor('Amir Haddad')).not.toBe(old);
    const grant = granted(
      await enhance.answer(context('Amir Haddad'), second.resume, { code: ` ${pinFor('Amir Haddad')} ` }),
    );
    expect(grant).toMatchObject({ method: 'e-mail PIN' });
    expect(grant.keep).toBeUndefined();
    expect(await enhance.check(context('Amir Haddad'), grant.secret)).toMatchObject({ alive: true });
  });

  test('a wrong one ends it at the panel, and says so', async () => {
    const { resume } = prompted(await enhance.begin(context('Amir Haddad'), null, {}));
    expect((await failureOf(enhance.answer(context('Amir Haddad'), resume, { code: '' }))).kind).toBe(
      'invalid',
    );
    const failure = await failureOf(enhance.answer(context('Amir Haddad'), resume, { code: 'canary' }));
    expect(failure.kind).toBe('refused-prompt');
    expect(failure.message).toContain('has ended the sign-in');
    expect(JSON.stringify(failure)).not.toContain('canary');
    expect(ours()).toHaveLength(0);
    const right = await failureOf(
      enhance.answer(context('Amir Haddad'), resume, { code: pinFor('Amir Haddad') }),
    );
    expect(right.kind).toBe('refused-prompt');
    await enhance.abandon!(context('Amir Haddad'), resume);
  });

  test('cancelling ends the pending session at the panel, and throws when the panel can’t be asked', async () => {
    const { resume } = prompted(await enhance.begin(context('Amir Haddad'), null, {}));
    expect(ours()).toMatchObject([{ state: 'pending' }]);
    panel().misbehave({ operation: '*', status: 500 });
    expect((await failureOf(enhance.abandon!(context('Amir Haddad'), resume))).kind).toBe('server-fault');
    panel().behave();
    await enhance.abandon!(context('Amir Haddad'), resume);
    expect(ours()).toEqual([]);
    await enhance.abandon!(context('Amir Haddad'), resume);
  });

  test('a remembered device needs no PIN next time', async () => {
    const { resume } = prompted(await enhance.begin(context('Amir Haddad'), null, {}));
    const code = pinFor('Amir Haddad');
    const grant = granted(await enhance.answer(context('Amir Haddad'), resume, { code, remember: true }));
    expect(grant.keep?.deviceId).toMatch(/^[0-9a-f]{32}$/);
    const again = granted(await enhance.begin(context('Amir Haddad', { values: grant.keep }), null, {}));
    expect(again.method).toBe('password, remembered device');
  });
});

describe('with an authenticator', () => {
  test('typed by the person', async () => {
    const here = context('Tess Okafor', { values: { authenticatorSecret: '' } });
    const { ask, resume } = prompted(await enhance.begin(here, null, {}));
    expect(ask).toMatchObject({ medium: 'authenticator app', canSendAgain: false });
    const code = new TOTP({ secret: person('Tess Okafor').totpSecret! }).generate();
    expect(granted(await enhance.answer(here, resume, { code })).method).toBe('authenticator PIN');
  });

  test.each([
    ['base32', (secret: string) => secret.toLowerCase().replace(/(.{4})/g, '$1 ')],
    ['a link', (secret: string) => `otpauth://totp/Northwind:tess?secret=${secret}&issuer=Northwind`],
  ])('computed from what is stored as %s', async (_name, write) => {
    const authenticatorSecret = write(person('Tess Okafor').totpSecret!);
    const here = context('Tess Okafor', { values: { authenticatorSecret } });
    expect(granted(await enhance.begin(here, null, {})).method).toBe('stored authenticator');
  });

  test('a stored secret that is refused names the two reasons', async () => {
    const here = context('Tess Okafor', { values: { authenticatorSecret: 'JBSWY3DPEHPK3PXP' } });
    const failure = await failureOf(enhance.begin(here, null, {}));
    expect(failure.kind).toBe('refused-prompt');
    expect(failure.message).toContain('stored authenticator secret');
    expect(failure.advice).toContain('clock');
    expect(ours()).toHaveLength(0);
  });
});

describe('with a one-time link', () => {
  test('signs in past the second factor, once', async () => {
    const admin = context('Nora Lindholm');
    await enhance.begin(admin, null, {});
    const client = enhanceClient(admin.http);
    const [membership] = await client.getLoginMemberships();
    const { items } = await client.getMembers(membership!.orgId, { limit: 50 });
    const amir = items.find((member) => member.name === 'Amir Haddad')!;
    const link = await client.getOrgMemberLogin(membership!.orgId, amir.id);
    const here = context('Amir Haddad', {
      values: { baseUrl: `${new URL(link).origin}/api` },
      sessionTag: 'session-2',
    });
    const grant = granted(await enhance.begin(here, 'link', { link }));
    expect(grant.method).toBe('one-time link');
    expect(await enhance.check(here, grant.secret)).toMatchObject({ alive: true, person: 'Amir Haddad' });
    const spent = await failureOf(enhance.begin(here, 'link', { link }));
    expect(spent).toMatchObject({ kind: 'refused-credentials' });
    expect(JSON.stringify(spent)).not.toContain(new URL(link).searchParams.get('otp'));
  });

  test.each([
    ['not a link', 'not a link'],
    [
      'https://elsewhere.example/api/login/sessions/sso?otp=5e0a2f0c-1d7d-4c52-8f0e-0d6c1a2b3c4d',
      'elsewhere.example',
    ],
    ['ORIGIN/api/login/sessions?otp=5e0a2f0c-1d7d-4c52-8f0e-0d6c1a2b3c4d', 'not a one-time'],
    ['ORIGIN/api/login/sessions/sso?otp=1', 'not a one-time'],
  ])('%s is refused before anything is sent', async (typed, part) => {
    const link = typed.replace('ORIGIN', panel().origin);
    const failure = await failureOf(enhance.begin(context('Nora Lindholm'), 'link', { link }));
    expect(failure.fields?.link).toContain(part);
    expect(panel().log()).toHaveLength(0);
  });
});

describe('with an access token', () => {
  test('acts, and says that it can’t be ended', async () => {
    const here = context('Support desk token');
    const grant = granted(await enhance.begin(here, null, {}));
    expect(grant.method).toBe('access token');
    expect(await enhance.check(here, grant.secret)).toMatchObject({ alive: true });
    expect(enhance.cannotEnd!(grant.secret)).toContain('stays valid');
    expect(ours()).toHaveLength(0);
    const wrong = context('Support desk token', { values: { token: 'canary-token' } });
    expect((await failureOf(enhance.begin(wrong, null, {}))).kind).toBe('refused-credentials');
    expect(await enhance.check(wrong, { kind: 'token', token: 'canary-token' })).toMatchObject({
      alive: false,
    });
  });
});

describe('the panel’s list of sessions', () => {
  test('shows all of them, tells ours, and ends one or all', async () => {
    const here = context('Nora Lindholm');
    const { secret } = granted(await enhance.begin(here, null, {}));
    const other = context('Nora Lindholm', { sessionTag: 'session-2' });
    granted(await enhance.begin(other, null, {}));
    const listed = await enhance.remoteSessions!(here, secret);
    expect(listed).toHaveLength(4);
    expect(listed.filter((session) => session.current)).toMatchObject([
      { sessionTag: 'session-1', browser: 'Gatehouse 0.1.0', address: '127.0.0.1', canEnd: true },
    ]);
    const elsewhere = listed.find((session) => session.where === 'Lisbon, Portugal')!;
    expect(elsewhere).toMatchObject({ browser: 'Firefox 152, Linux', sessionTag: null, current: false });
    expect(Math.abs(elsewhere.openedAt! - (Date.now() - 51 * 3600_000))).toBeLessThan(60_000);
    await enhance.endRemoteSession!(here, secret, elsewhere.id);
    await enhance.endRemoteSession!(here, secret, elsewhere.id);
    const left = await enhance.remoteSessions!(here, secret);
    expect(left.map((session) => session.sessionTag)).toEqual(
      expect.arrayContaining(['session-1', 'session-2', null]),
    );
    expect(left).toHaveLength(3);
    await enhance.endAllSessions!(here, secret);
    expect(
      panel()
        .sessions()
        .filter((session) => session.person === 'nora@northwind.example'),
    ).toEqual([]);
  });
});

describe('a copied mark', () => {
  const sessionOf = (sessionTag: string, at = 0) => {
    clockError = at;
    return enhance.begin(context('Nora Lindholm', { sessionTag }), null, {}).then((step) => {
      clockError = 0;
      return granted(step).secret;
    });
  };
  const ids = () => new Set(ours().map(({ id }) => id));

  test('makes nobody this session, before and after a check has found out which it is', async () => {
    const here = context('Nora Lindholm');
    const secret = await sessionOf('session-1', -60_000);
    const [own] = ids();
    await sessionOf('session-1');
    const current = async (by: Json) =>
      (await enhance.remoteSessions!(here, by)).filter((one) => one.current).map(({ id }) => id);
    expect(enhance.remoteIdOf!(secret)).toBeUndefined();
    expect(await current(secret)).toEqual([own]);

    const checked = await enhance.check(here, secret);
    const learnt = checked.alive && checked.secret !== undefined ? checked.secret : null;
    expect(enhance.remoteIdOf!(learnt)).toBe(own);
    // By its id now, even if the panel's dates mislead.
    await sessionOf('session-1', -3600_000);
    expect(await current(learnt)).toEqual([own]);
    // What is learnt stays known through the next check, which does not look again.
    const before = panel()
      .log()
      .filter(({ operation }) => operation === 'getSessions').length;
    const again = await enhance.check(here, learnt);
    expect(again.alive && enhance.remoteIdOf!(again.secret!)).toBe(own);
    expect(
      panel()
        .log()
        .filter(({ operation }) => operation === 'getSessions'),
    ).toHaveLength(before);
  });

  test('is no session of an access token, which has none', async () => {
    const here = context('Support desk token');
    const { secret } = granted(await enhance.begin(here, null, {}));
    expect(enhance.remoteIdOf!(secret)).toBeNull();
  });

  test.each([
    ['before ours', -60_000],
    ['after ours', 0],
    ['long after all others', 3600_000],
  ])('does not spare an intruder when a stray is ended: with a session opened %s', async (_when, at) => {
    await sessionOf('kept');
    const [kept] = ids();
    await sessionOf('lost');
    await sessionOf('lost', at);
    await sessionOf('lost', at);
    expect(ours()).toHaveLength(4);
    expect(await enhance.endStray!(context('Nora Lindholm', { sessionTag: 'lost' }))).toMatchObject({
      conclusive: true,
      ended: true,
    });
    expect([...ids()]).toEqual([kept]);
    // Sessions of browsers were nobody's of ours.
    expect(
      panel()
        .sessions()
        .filter(({ person: whose }) => whose === 'nora@northwind.example'),
    ).toHaveLength(3);
  });
});

describe('a stray after a crash', () => {
  test('is found by its mark and ended; others and nothing of our own stay', async () => {
    granted(await enhance.begin(context('Nora Lindholm', { sessionTag: 'lost' }), null, {}));
    granted(await enhance.begin(context('Nora Lindholm', { sessionTag: 'kept' }), null, {}));
    expect(await enhance.endStray!(context('Nora Lindholm', { sessionTag: 'lost' }))).toEqual({
      conclusive: true,
      ended: true,
      again: true,
    });
    expect(ours().map((session) => session.userAgent)).toEqual([userAgentFor('0.1.0', 'install-1', 'kept')]);
    expect(await enhance.endStray!(context('Nora Lindholm', { sessionTag: 'lost' }))).toEqual({
      conclusive: true,
      ended: false,
      again: true,
    });
    expect(server.log().filter((seen) => seen.operation === 'createSession')).toHaveLength(4);
    expect(ours()).toHaveLength(1);
  });

  test('a panel whose clock was set back in between still loses the stray', async () => {
    granted(await enhance.begin(context('Nora Lindholm', { sessionTag: 'lost' }), null, {}));
    clockError = -3600_000;
    expect(await enhance.endStray!(context('Nora Lindholm', { sessionTag: 'lost' }))).toMatchObject({
      conclusive: true,
    });
    expect(ours()).toHaveLength(0);
  });

  test('nobody can tell whether one stopped half-way to the second step that the store passes', async () => {
    const authenticatorSecret = person('Tess Okafor').totpSecret!;
    const tess = (sessionTag: string) =>
      context('Tess Okafor', { sessionTag, values: { authenticatorSecret } });
    expect(granted(await enhance.begin(tess('lost'), null, {})).method).toBe('stored authenticator');
    expect(await enhance.endStray!(tess('lost'))).toEqual({ conclusive: false, ended: true, again: true });
    expect(ours()).toEqual([]);
  });

  test('nobody can tell when the sign-in wants a person', async () => {
    expect(await enhance.endStray!(context('Amir Haddad'))).toEqual({ conclusive: false, ended: false });
    expect(ours()).toEqual([]);
  });
});
