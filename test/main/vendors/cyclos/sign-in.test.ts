import { TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cyclos } from '../../../../main/vendors/cyclos/index.ts';
import type { ChallengeAnswer, Step, VendorContext } from '../../../../main/vendors/vendor.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startCyclos } from '../../../../practice/cyclos/index.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  personOf,
  practiceOptions,
  promptOf,
  stored,
} from '../practice-context.ts';

const network = newNetwork();
afterAll(() => network.close());

describe.each(['4.11', '4.16'] as const)('Cyclos %s', (generation) => {
  const options = practiceOptions(`cyclos ${generation}`);
  let server: PracticeServer;

  beforeAll(async () => {
    server = await startCyclos({ ...options, generation, members: 20 });
  });
  afterEach(() => server.behave());
  afterAll(() => server.close());

  const context = (name: string, more: Record<string, string> = {}): VendorContext => {
    const { values, realm } = personOf(server, name).account;
    return contextFor({
      network,
      values: { ...values, ...more },
      realm: realm ?? null,
      now: () => options.clock.now(),
    });
  };
  const sessionsOf = (name: string) => server.sessions().filter((one) => one.person === name).length;
  const next = (here: VendorContext, step: Step, answer: ChallengeAnswer) =>
    cyclos.answer(here, stored(promptOf(step)).resume, answer);
  const code = (to: string) => options.inbox.latest(to)?.code ?? '';
  const otto = '+15550100103';

  test('signs in by password, is checked, and ends at the vendor', async () => {
    const here = context('mona');
    const grant = activeOf(await cyclos.begin(here, null, {}));
    expect(grant).toMatchObject({ person: 'Mona Member', method: 'password', expiresAt: null });
    const sent = lastSeen(server, 'login');
    expect(sent).toMatchObject({ method: 'POST', path: '/left-coast/api/auth/session', query: {} });
    expect(sent.headers).toMatchObject({ channel: 'main', 'principal-type': 'username' });
    expect(sent.body ?? undefined).toBeUndefined();
    const check = await cyclos.check(here, grant.secret);
    expect(check).toMatchObject({ alive: true, person: 'Mona Member' });
    const expiresAt = check.alive ? check.expiresAt : undefined;
    if (generation === '4.11') expect(expiresAt).toBeNull();
    else expect(expiresAt).toBeGreaterThan(options.clock.now());
    const who = await cyclos.whoAmI!(here, grant.secret);
    expect(who).toMatchObject({ name: 'Mona Member', ...(generation === '4.11' ? { detail: 'mona' } : {}) });
    // `totpEnabled` says that the network has the feature, not that she uses it.
    expect(who.facts.map((fact) => fact.label)).not.toContain('Authenticator app');
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('mona')).toBe(0);
    expect(await cyclos.check(here, grant.secret)).toMatchObject({ alive: false });
    await cyclos.end(here, grant.secret);
  });

  test('names and passwords are UTF-8, and every kind of identification is tried', async () => {
    const here = context('zoë', { principalType: '' });
    const grant = activeOf(await cyclos.begin(here, null, {}));
    expect(lastSeen(server, 'login').headers['principal-type']).toBe('*');
    await cyclos.end(here, grant.secret);
  });

  test('a password that is not stored is asked for; a wrong one is told', async () => {
    const here = context('mona', { password: '' });
    const step = await cyclos.begin(here, null, {});
    expect(promptOf(step).ask.kind).toBe('password');
    expect(await failureOf(next(here, step, { password: 'canary-1' }))).toMatchObject({
      kind: 'refused-credentials',
    });
    expect(await failureOf(next(here, step, { password: ' ' }))).toMatchObject({ kind: 'invalid' });
    const grant = activeOf(await next(here, step, { password: 'Member-2026' }));
    await cyclos.end(here, grant.secret);
  });

  test('secondary password: a wrong one asks again, the right one opens', async () => {
    const here = context('pia');
    const step = await cyclos.begin(here, null, {});
    expect(promptOf(step).ask.kind).toBe('password');
    const again = await next(here, step, { password: '0000' });
    expect(promptOf(again).wrong).toContain('wrong');
    const grant = activeOf(await next(here, again, { password: '4711' }));
    expect(grant.person).toBe('Pia Pin');
    const way = generation === '4.11' ? 'validateSecondaryPassword' : 'confirmLogin';
    const sent = lastSeen(server, way);
    expect(sent.body).toBe('4711');
    expect(sent.headers['content-type']).toMatch(
      generation === '4.11' ? /^application\/json/ : /^text\/plain/,
    );
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('pia')).toBe(0);
  });

  test('one-time password: choose the medium, send again, by the other medium', async () => {
    const here = context('otto');
    const choice = promptOf(await cyclos.begin(here, null, {}));
    if (choice.ask.kind !== 'choice') throw new Error(choice.ask.kind);
    expect(choice.ask.options.map((one) => one.id)).toEqual(['email', 'sms']);
    const first = promptOf(await next(here, choice, { choice: 'sms' }));
    if (first.ask.kind !== 'code') throw new Error(first.ask.kind);
    expect(first.ask).toMatchObject({ medium: 'SMS', canSendAgain: true });
    expect(first.ask.sentTo).toMatch(/03$/);
    const old = code(otto);
    const asked = options.clock.now();
    const second = promptOf(await cyclos.sendAgain!(here, stored(first).resume, null));
    // 4.16 says how long; for 4.11 it is ours. The clock runs on meanwhile.
    const wait = generation === '4.16' ? 60_000 : 30_000;
    expect(second.sendAgainAt).toBeGreaterThanOrEqual(asked + wait);
    expect(second.sendAgainAt).toBeLessThanOrEqual(options.clock.now() + wait);
    expect(code(otto)).not.toBe(old);
    const wrong = promptOf(await next(here, second, { code: '000000' }));
    expect(wrong).toMatchObject({
      wrong: expect.any(String),
      ask: { kind: 'code', sentTo: first.ask.sentTo },
    });
    const mailed = promptOf(await cyclos.sendAgain!(here, stored(wrong).resume, 'email'));
    expect(mailed.ask).toMatchObject({ medium: 'e-mail' });
    const mail = options.inbox.list().at(-1)!;
    const grant = activeOf(await next(here, mailed, { code: mail.code ?? '' }));
    expect(grant.method).toBe('password and e-mail code');
    await cyclos.end(here, grant.secret);
  });

  test.runIf(generation === '4.16')(
    'of several phones one is chosen for a code, by its masked number',
    async () => {
      const here = context('theo');
      const choice = promptOf(await cyclos.begin(here, null, {}));
      if (choice.ask.kind !== 'choice') throw new Error(choice.ask.kind);
      expect(choice.ask.options.map(({ label }) => label)).toEqual([
        'Code by e-mail to t***@left-coast.example',
        'Code by SMS to **********11 (Mobile phone)',
        'Code by SMS to **********12 (Second phone)',
      ]);
      const [byMail, first, second] = choice.ask.options;
      const before = options.inbox.list().length;
      const asked = promptOf(await next(here, choice, { choice: second!.id }));
      expect(
        options.inbox
          .list()
          .slice(before)
          .map(({ to }) => to),
      ).toEqual(['+15550100112']);
      expect(lastSeen(server, 'newOtpForLoginConfirmation').query).toEqual({
        ...{ medium: 'sms', mobilePhones: second!.id.slice('sms:'.length) },
      });
      if (asked.ask.kind !== 'code') throw new Error(asked.ask.kind);
      expect(asked.ask).toMatchObject({ medium: 'SMS', sentTo: '+15550100112' });
      expect(asked.ask.media).toEqual([
        { id: byMail!.id, label: 'e-mail to t***@left-coast.example' },
        { id: first!.id, label: 'SMS to **********11 (Mobile phone)' },
        { id: second!.id, label: 'SMS to **********12 (Second phone)' },
      ]);
      // Sent again it goes to the same one, unless another is named; what is on no list is not sent to.
      const resume = stored(asked).resume;
      await cyclos.sendAgain!(here, resume, null);
      await cyclos.sendAgain!(here, resume, first!.id);
      await cyclos.sendAgain!(here, resume, 'sms:99999');
      const again = options.inbox
        .list()
        .slice(before + 1)
        .map(({ to }) => to);
      expect(again).toEqual(['+15550100112', '+15550100111', '+15550100112']);
      const grant = activeOf(await next(here, asked, { code: code('+15550100112') }));
      expect(grant.method).toBe('password and SMS code');
      await cyclos.end(here, grant.secret);
      expect(sessionsOf('theo')).toBe(0);
    },
  );

  test.each([
    ['silke', 'its gateway refuses this number'],
    ['stella', 'this person has had as many as the network allows'],
  ])('why %s got no SMS is said: %s', async (name, why) => {
    const here = context(name);
    const stuck = promptOf(await next(here, await cyclos.begin(here, null, {}), { choice: 'sms' }));
    expect(stuck.wrong).toContain(why);
    await cyclos.abandon!(here, stuck.resume);
    expect(sessionsOf(name)).toBe(0);
  });

  test('a code that can’t be sent keeps the sign-in, and another medium works', async () => {
    const here = context('silke');
    const choice = await cyclos.begin(here, null, {});
    const stuck = promptOf(await next(here, choice, { choice: 'sms' }));
    expect(stuck.wrong).toContain('SMS');
    const again = await next(here, stuck, { choice: 'go-on' });
    const mailed = await next(here, again, { choice: 'email' });
    const grant = activeOf(await next(here, mailed, { code: options.inbox.list().at(-1)?.code ?? '' }));
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('silke')).toBe(0);
  });

  const press = (step: Step, password: string) => {
    const { ask } = promptOf(step);
    if (ask.kind !== 'virtual-keyboard') throw new Error(ask.kind);
    const groups = [...password].map((character, at) =>
      ask.combinations[at % ask.combinations.length]!.find((group) => group.includes(character)),
    );
    return groups.join('|');
  };

  test('virtual keyboard: pressed groups are joined, with the keyboard’s id where there is one', async () => {
    const here = context('kira');
    const step = await cyclos.begin(here, null, {});
    const again = await next(here, step, { password: press(step, '9999') });
    expect(promptOf(again).wrong).toMatch(
      /^The password or code was wrong\. .*too many wrong tries block it/,
    );
    expect(promptOf(again).ask).not.toEqual(promptOf(step).ask);
    const grant = activeOf(await next(here, again, { password: press(again, '2580') }));
    const way = generation === '4.11' ? 'validateSecondaryPassword' : 'confirmLogin';
    const parts = String(lastSeen(server, way).body).split('|');
    expect(parts).toHaveLength(generation === '4.11' ? 4 : 5);
    await cyclos.end(here, grant.secret);
  });

  test('agreements, then a new password, then the secondary password, in the vendor’s order', async () => {
    const here = context('emil');
    const agreements = promptOf(await cyclos.begin(here, null, {}));
    if (agreements.ask.kind !== 'agreements') throw new Error(agreements.ask.kind);
    const required = agreements.ask.agreements.filter((one) => one.required);
    expect(await failureOf(next(here, agreements, {}))).toMatchObject({ kind: 'invalid' });
    expect(required).toHaveLength(2);
    const terms = agreements.ask.agreements.find((one) => one.name === 'Terms of use');
    expect(terms?.content).toContain('Pay and be paid & look at what was paid.');
    expect(terms?.content).toContain('on our pages [https://terms.example/left-coast].');
    expect(terms?.content).not.toContain('<');
    const all = Object.fromEntries(agreements.ask.agreements.map((one) => [one.id, true]));
    const change = promptOf(await next(here, agreements, all));
    expect(change.ask).toMatchObject({
      ...{ kind: 'new-password', needsOld: false },
      rules: [expect.stringContaining('6')],
      ...(generation === '4.16' ? { minLength: 6 } : {}),
    });
    const refused = promptOf(await next(here, change, { password: 'x' }));
    expect(refused.wrong).toBe('Cyclos did not accept this: New password must have at least 6 characters');
    expect(refused.ask).toEqual(change.ask);
    const second = promptOf(await next(here, refused, { password: 'Emil-2027-new' }));
    expect(lastSeen(server, 'changePassword').body).toMatchObject({
      oldPassword: 'Steps-2026',
      newPassword: 'Emil-2027-new',
      newPasswordConfirmation: 'Emil-2027-new',
      checkConfirmation: true,
    });
    expect(second.ask.kind).toBe('password');
    const grant = activeOf(await next(here, second, { password: '4711' }));
    expect(grant.keep).toEqual({ password: 'Emil-2027-new' });
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('emil')).toBe(0);
    const fresh = context('emil', { password: 'Emil-2027-new' });
    await cyclos.abandon!(fresh, promptOf(await cyclos.begin(fresh, null, {})).resume);
    expect(sessionsOf('emil')).toBe(0);
  });

  test('an agreement whose text can’t be had is asked for all the same', async () => {
    const here = context('agnes');
    server.misbehave(
      generation === '4.11'
        ? { operation: 'listPendingAgreements', status: 200, body: [{ id: '1', name: 'Terms' }], times: 1 }
        : { operation: 'getAgreementContent', status: 500, times: 100 },
    );
    const { ask, resume } = promptOf(await cyclos.begin(here, null, {}));
    if (ask.kind !== 'agreements') throw new Error(ask.kind);
    expect(ask.agreements.length).toBeGreaterThan(0);
    for (const one of ask.agreements) expect(one).not.toHaveProperty('content');
    await cyclos.abandon!(here, resume);
    expect(sessionsOf('agnes')).toBe(0);
  });

  test('a new password survives an interruption, and a session that its change has ended', async () => {
    const here = context('xaver');
    const change = await cyclos.begin(here, null, {});
    // The client tries a reading request three times.
    server.misbehave({ operation: 'getCurrentAuth', reset: 'before', times: 3 });
    const lost = promptOf(await next(here, change, { password: 'Xaver-2027-new' }));
    expect(lost).toMatchObject({ wrong: expect.any(String), ask: { kind: 'choice' } });
    server.misbehave({ operation: 'getCurrentAuth', status: 401, body: { code: 'loggedOut' }, times: 1 });
    const grant = activeOf(await next(here, lost, { choice: 'go-on' }));
    expect(grant.keep).toEqual({ password: 'Xaver-2027-new' });
    expect(sessionsOf('xaver')).toBe(1);
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('xaver')).toBe(0);
  });

  test('a reset password is good for one sign-in, in which a new one has to be set', async () => {
    const here = context('password-reset');
    const change = promptOf(await cyclos.begin(here, null, {}));
    expect(change.ask).toMatchObject({ kind: 'new-password', needsOld: false });
    const grant = activeOf(await next(here, change, { password: 'Reset-2027-new' }));
    expect(grant.keep).toEqual({ password: 'Reset-2027-new' });
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('password-reset')).toBe(0);
  });

  test('a password that Cyclos makes itself can’t be typed, and the sign-in is ended', async () => {
    const here = context('xaver');
    const body = { permissions: { change: false } };
    server.misbehave({ operation: 'getUserPasswordsData', status: 200, body, times: 1 });
    server.misbehave({
      operation: 'login',
      status: 200,
      body: { sessionToken: 't', expiredPassword: true, passwordType: { internalName: 'login' } },
      times: 1,
    });
    expect(await failureOf(cyclos.begin(here, null, {}))).toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('Cyclos makes it'),
    });
    expect(sessionsOf('xaver')).toBe(0);
  });

  test('an expired secondary password is changed with the old one', async () => {
    const here = context('edda');
    // An expired one is changed without the old one, unless Cyclos says that it wants it.
    const freely = promptOf(await cyclos.begin(here, null, {}));
    expect(freely.ask).toMatchObject({ kind: 'new-password', needsOld: false });
    await cyclos.abandon!(here, freely.resume);
    const body = { requireOldPasswordForChange: true };
    server.misbehave({ operation: 'getUserPasswordsData', status: 200, body, times: 1 });
    const change = promptOf(await cyclos.begin(here, null, {}));
    expect(change.ask).toMatchObject({ kind: 'new-password', needsOld: true });
    const wrong = promptOf(await next(here, change, { old: '0000', password: '2468' }));
    expect(wrong.wrong).toBe('The password or code was wrong.');
    const second = promptOf(await next(here, wrong, { old: '4711', password: '2468' }));
    const grant = activeOf(await next(here, second, { password: '2468' }));
    expect(grant.keep).toBeUndefined();
    await cyclos.end(here, grant.secret);
  });

  test('an answer that gets lost asks to go on, and nothing is left behind', async () => {
    const here = context('pia');
    const step = await cyclos.begin(here, null, {});
    const way = generation === '4.11' ? 'validateSecondaryPassword' : 'confirmLogin';
    server.misbehave({ operation: way, reset: 'after', times: 1 });
    const lost = promptOf(await next(here, step, { password: '4711' }));
    expect(lost).toMatchObject({ wrong: expect.any(String), ask: { kind: 'choice' } });
    const grant = activeOf(await next(here, lost, { choice: 'go-on' }));
    await cyclos.end(here, grant.secret);
    expect(sessionsOf('pia')).toBe(0);
  });

  test('a sign-in that fails after the password ends its session, or keeps hold of it', async () => {
    const here = context('agnes');
    server.misbehave({
      operation: 'listPendingAgreements',
      status: 403,
      body: { code: 'permissionDenied' },
      times: 1,
    });
    expect(await failureOf(cyclos.begin(here, null, {}))).toMatchObject({ kind: 'forbidden' });
    expect(sessionsOf('agnes')).toBe(0);
    server.misbehave({
      operation: 'listPendingAgreements',
      status: 403,
      body: { code: 'permissionDenied' },
      times: 1,
    });
    server.misbehave({ operation: 'logout', status: 500, times: 1 });
    const kept = promptOf(await cyclos.begin(here, null, {}));
    expect(sessionsOf('agnes')).toBe(1);
    server.behave();
    await cyclos.abandon!(here, stored(kept).resume);
    expect(sessionsOf('agnes')).toBe(0);
  });

  test('too many wrong tries lock out, and the pending session is ended', async () => {
    const here = context('kira');
    let step = await cyclos.begin(here, null, {});
    for (let tries = 0; tries < 12; tries++) {
      const outcome = await next(here, step, { password: press(step, '1111') }).catch(
        (error: unknown) => error,
      );
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ failure: { kind: 'locked-out' } });
        break;
      }
      step = outcome as Step;
      expect(tries).toBeLessThan(11);
    }
    expect(sessionsOf('kira')).toBe(0);
  });

  test.each([
    ['nora', 'refused-credentials', 'second credential'],
    ['user-blocked', 'locked-out', 'blocked'],
    ['user-disabled', 'refused-credentials', 'disabled'],
    ['user-pending', 'refused-credentials', 'pending'],
    ['user-purged', 'refused-credentials', 'purged'],
    ['user-removed', 'refused-credentials', 'removed'],
    ['password-disabled', 'refused-credentials', 'disabled'],
    ['password-indefinitelyblocked', 'locked-out', 'administrator'],
    ['password-nevercreated', 'refused-credentials', 'never been given'],
    ['password-pending', 'refused-credentials', 'not active'],
    ['password-temporarilyblocked', 'locked-out', 'for a while'],
    ['remoteaddressblocked', 'locked-out', 'address'],
    ['unauthorizedaddress', 'forbidden', 'address'],
    ['unauthorizedurl', 'wrong-place', 'address'],
    ['inaccessiblechannel', 'forbidden', 'channel'],
    ...(generation === '4.16'
      ? [
          ['inaccessiblenetwork', 'forbidden', 'network'],
          ['emailsending', 'server-fault', 'could not send the e-mail'],
          ['unavailable', 'server-fault', 'not available'],
        ]
      : []),
  ])('%s is refused as %s', async (name, kind, part) => {
    const failure = await failureOf(cyclos.begin(context(name), null, {}));
    expect(failure).toMatchObject({ kind });
    expect(failure.message).toContain(part);
    expect(sessionsOf(name)).toBe(0);
  });

  test('an access client works by its token and is left alone at the end', async () => {
    const here = context('Counter till');
    const grant = activeOf(await cyclos.begin(here, null, {}));
    expect(grant).toMatchObject({ method: 'access client', expiresAt: null });
    expect(cyclos.cannotEnd!(grant.secret)).toContain('disconnected');
    expect(await cyclos.endStray!(here)).toEqual({ conclusive: true, ended: false });
    expect(await cyclos.endStray!(context('mona'))).toEqual({ conclusive: false, ended: false });
    await cyclos.end(here, grant.secret);
    expect(await cyclos.check(here, grant.secret)).toMatchObject({ alive: true });
    expect(await failureOf(cyclos.begin(context('Lost till'), null, {}))).toMatchObject({
      kind: 'refused-credentials',
    });
  });

  test('sessions are listed by a digest and ended; an older server says that it can’t', async () => {
    const here = context('alice');
    const one = activeOf(await cyclos.begin(here, null, {}));
    const two = activeOf(await cyclos.begin(here, null, {}));
    if (generation === '4.11') {
      expect(await failureOf(cyclos.remoteSessions!(here, one.secret))).toMatchObject({ kind: 'not-found' });
      for (const grant of [one, two]) await cyclos.end(here, grant.secret);
      return;
    }
    const listed = await cyclos.remoteSessions!(here, one.secret);
    expect(listed.filter((each) => each.current)).toHaveLength(1);
    expect(listed.find((each) => each.current)?.id).toBe(cyclos.remoteIdOf!(one.secret));
    expect(listed.map(({ id }) => id)).toContain(cyclos.remoteIdOf!(two.secret));
    expect(JSON.stringify(listed)).not.toContain((two.secret as { token: string }).token);
    const body = [{ remoteAddress: '198.51.100.7' }, { sessionToken: 'other', currentSession: false }];
    server.misbehave({ operation: 'searchSessions', status: 200, body, times: 1 });
    expect(await cyclos.remoteSessions!(here, one.secret)).toHaveLength(1);
    const other = listed.find((each) => !each.current)!;
    const before = sessionsOf('alice');
    await cyclos.endRemoteSession!(here, one.secret, other.id);
    expect(sessionsOf('alice')).toBe(before - 1);
    await cyclos.endAllSessions!(here, one.secret);
    expect(sessionsOf('alice')).toBe(0);
  });

  test('a session is kept alive only if the account says so', async () => {
    const minute = 60_000;
    const at = (expiresAt: number | null, keepAlive: string) =>
      cyclos.refreshAt!({ expiresAt, grantedAt: 0, usedAt: 0 }, { keepAlive });
    expect(at(30 * minute, 'yes')).toBe(15 * minute);
    expect(at(null, 'yes')).toBe(4 * minute);
    expect(at(30 * minute, 'no')).toBeNull();
    const here = context('mona');
    const grant = activeOf(await cyclos.begin(here, null, {}));
    const before = server.sessions().find((one) => one.person === 'mona')!.expiresAt!;
    options.clock.advance(minute);
    const kept = await cyclos.refresh!(here, grant.secret);
    expect(server.sessions().find((one) => one.person === 'mona')!.expiresAt).toBeGreaterThan(before);
    expect(kept.secret).toEqual(grant.secret);
    if (generation === '4.16') {
      // Nothing in the properties of a session has to be there.
      const expiresAt = options.clock.now() + 7 * minute;
      const body = { expiresAt: new Date(expiresAt).toISOString(), expirationInterval: { amount: 7 } };
      server.misbehave({ operation: 'getSessionProperties', status: 200, body, times: 1 });
      expect(await cyclos.check(here, grant.secret)).toMatchObject({ alive: true, expiresAt });
    }
    options.clock.advance(24 * 60 * minute);
    expect(await cyclos.check(here, grant.secret)).toMatchObject({ alive: false });
  });

  if (generation === '4.16') {
    const totpOf = (name: string, at = options.clock.now()) =>
      new TOTP({ secret: personOf(server, name).totpSecret ?? '' }).generate({ timestamp: at });

    test('the authenticator code is computed from a stored secret', async () => {
      const here = context('tara');
      const grant = activeOf(await cyclos.begin(here, null, {}));
      expect(grant.method).toBe('password and stored authenticator');
      expect(lastSeen(server, 'confirmLogin').body).toMatch(/^totp:\d{6}$/);
      await cyclos.end(here, grant.secret);
    });

    test('without one, or with a wrong one, it is asked for', async () => {
      for (const authenticatorSecret of ['', 'JBSWY3DPEHPK3PXP']) {
        options.clock.advance(31_000);
        const here = context('tara', { authenticatorSecret });
        const step = await cyclos.begin(here, null, {});
        expect(promptOf(step).ask).toMatchObject({ kind: 'code', medium: 'authenticator app' });
        expect(Boolean(promptOf(step).wrong)).toBe(authenticatorSecret !== '');
        const grant = activeOf(await next(here, step, { code: totpOf('tara') }));
        await cyclos.end(here, grant.secret);
      }
    });

    const device = (id: string, approve: boolean) =>
      fetch(`${server.origin}/__practice/device/answer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, approve }),
      });
    const waiting = async (): Promise<{ id: string; qrContent: string }[]> =>
      (await fetch(`${server.origin}/__practice/device/waiting`)).json();
    const listening = (here: VendorContext, step: Step) =>
      cyclos.listen!(here, stored(promptOf(step)).resume, () => {});

    test('a trusted device confirms the sign-in: it scans the code and approves', async () => {
      const here = context('dora');
      const step = promptOf(await cyclos.begin(here, null, {}));
      const [open] = await waiting();
      expect(step.ask).toMatchObject({
        kind: 'scan',
        payload: open!.qrContent,
        phoneShows: 'Sign-in, Network: Left Coast, User: Dora Device',
        ...{ staleAt: null, canPushToUser: false },
      });
      const result = listening(here, step);
      server.misbehave({ operation: 'viewDeviceConfirmation', status: 500, times: 1 });
      await device(open!.id, true);
      const grant = activeOf(await result);
      expect(grant).toMatchObject({ person: 'Dora Device', method: 'password and trusted device' });
      // It is tried once: too many tries of one that is not approved would block her.
      expect(server.log().filter((one) => one.body === `confirmation:${open!.id}`)).toHaveLength(1);
      await cyclos.end(here, grant.secret);
      expect(sessionsOf('dora')).toBe(0);
    });

    test('a device that refuses ends the sign-in, and so do a cancel and the deadline', async () => {
      const refused = context('dora');
      const step = await cyclos.begin(refused, null, {});
      await device((await waiting())[0]!.id, false);
      const failure = await failureOf(listening(refused, step));
      expect(failure).toMatchObject({ kind: 'refused-prompt', message: expect.stringContaining('refused') });
      expect(sessionsOf('dora')).toBe(0);

      const stop = new AbortController();
      const cancelled = contextFor({ network, values: refused.values, signal: stop.signal });
      const asked = promptOf(await cyclos.begin(cancelled, null, {}));
      const result = failureOf(listening(cancelled, asked));
      stop.abort();
      expect(await result).toMatchObject({ kind: 'cancelled' });
      await cyclos.abandon!(refused, asked.resume);
      expect(sessionsOf('dora')).toBe(0);

      const late = await cyclos.begin(refused, null, {});
      options.clock.advance(11 * 60_000);
      expect(await failureOf(listening(refused, late))).toMatchObject({
        kind: 'refused-prompt',
        message: expect.stringContaining('in time'),
      });
      expect(sessionsOf('dora')).toBe(0);
      await signsInStill();
    });

    /** Nothing of this may have blocked the person. */
    async function signsInStill() {
      const here = context('dora');
      await cyclos.abandon!(here, promptOf(await cyclos.begin(here, null, {})).resume);
    }

    test('an expired secondary password is seen in the confirmation alone, as later versions tell it', async () => {
      const here = context('pia');
      const type = { internalName: 'pin', name: 'PIN' };
      const loginConfirmation = {
        ...{ allowedCredentials: ['password'], activeCredentials: ['password'] },
        ...{ passwordType: type, passwordStatus: 'expired' },
      };
      const body = { sessionToken: 't', loginConfirmation };
      server.misbehave({ operation: 'login', status: 200, body, times: 1 });
      expect(promptOf(await cyclos.begin(here, null, {})).ask).toMatchObject({
        kind: 'new-password',
        label: 'A new secondary password is needed (PIN)',
      });
    });

    test('where a device is one of two ways, the person chooses', async () => {
      const here = context('pablo');
      const choice = promptOf(await cyclos.begin(here, null, {}));
      expect(choice.ask).toMatchObject({ kind: 'choice', options: [{ id: 'device' }, { id: 'password' }] });
      const scan = await next(here, choice, { choice: 'device' });
      await device((await waiting()).at(-1)!.id, true);
      const grant = activeOf(await listening(here, scan));
      await cyclos.end(here, grant.secret);
      expect(sessionsOf('pablo')).toBe(0);
    });

    test('where there are two credentials, the person chooses', async () => {
      const here = context('bella', { authenticatorSecret: '' });
      const choice = promptOf(await cyclos.begin(here, null, {}));
      expect(choice.ask).toMatchObject({ kind: 'choice', options: [{ id: 'totp' }, { id: 'password' }] });
      const password = await next(here, choice, { choice: 'password' });
      const grant = activeOf(await next(here, password, { password: '4711' }));
      await cyclos.end(here, grant.secret);
    });
  }
});

test('the form takes real authenticator secrets only', () => {
  expect(() => cyclos.checkForm!({ authenticatorSecret: 'JBSWY3DPEHPK3PXP' })).not.toThrow();
  expect(() => cyclos.checkForm!({ authenticatorSecret: '' })).not.toThrow();
  expect(() => cyclos.checkForm!({ authenticatorSecret: 'no!' })).toThrow();
});
