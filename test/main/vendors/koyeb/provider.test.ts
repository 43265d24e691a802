import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Realm } from '#contract/shapes.ts';
import { koyeb } from '../../../../main/vendors/koyeb/index.ts';
import type { Step, VendorContext } from '../../../../main/vendors/vendor.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startKoyeb } from '../../../../practice/koyeb/index.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  practiceOptions,
  promptOf,
  stored,
} from '../practice-context.ts';
import { visitProvider } from './visit-provider.ts';

/** Koyeb by a provider. */
const network = newNetwork();
const options = practiceOptions('koyeb provider');
let server: PracticeServer;
beforeAll(async () => {
  server = await startKoyeb(options);
});
afterEach(() => server.behave());
afterAll(async () => {
  network.close();
  await server.close();
});

type ShowPage = VendorContext['showPage'];

/** A window in which the link that is named is taken, and that is stopped at the first step back. */
const visit =
  (choose: RegExp, change = (back: URL) => back.href): ShowPage =>
  async ({ url, onBack }) =>
    onBack?.(change(new URL(await visitProvider(url, choose))));

/** A window that stays open until somebody closes it. */
const stays: ShowPage = ({ signal }) =>
  new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));

const context = (showPage: ShowPage, more: { signal?: AbortSignal; realm?: Realm } = {}) =>
  contextFor({
    network,
    values: { baseUrl: server.origin, way: 'provider' },
    now: () => options.clock.now(),
    showPage,
    ...more,
  });
const alive = () => server.sessions().map(({ person }) => person);

/** The step in which the provider's page is due. */
async function asked(here: VendorContext, choice = 'github') {
  const step = promptOf(await koyeb.begin(here, null, {}));
  expect(step.ask).toEqual({
    ...{ kind: 'choice', label: 'Sign in with' },
    options: [
      { id: 'github', label: 'GitHub' },
      { id: 'google', label: 'Google' },
    ],
  });
  return promptOf(await koyeb.answer(here, stored(step).resume, { choice }));
}

const listen = (here: VendorContext, step: Step) =>
  koyeb.listen!(here, stored(promptOf(step)).resume, () => {});

/** From the page on: what listening brings, gone on with as the sessions do. */
async function through(here: VendorContext, step: Step): Promise<Step> {
  const last = promptOf(await listen(here, step));
  expect(last.goesOn).toBe(true);
  return koyeb.answer(here, stored(last).resume, {});
}
const signIn = async (choose: RegExp, provider?: string, change?: (back: URL) => string) => {
  const here = context(visit(choose, change));
  return through(here, await asked(here, provider));
};

test('who is let in there is signed in, is alive, and its ending is Koyeb’s', async () => {
  const here = context(visit(/as Maya/));
  const before = options.clock.now();
  const step = await asked(here);
  expect(step.ask).toEqual({ kind: 'page', name: 'GitHub', host: expect.stringMatching(/^localhost:\d+$/) });
  // Counted from before Koyeb made the state.
  expect(step.deadline).toBeGreaterThanOrEqual(before + 10 * 60_000);
  expect(step.deadline).toBeLessThan(options.clock.now() + 10 * 60_000);
  const grant = activeOf(await through(here, step));
  expect(grant).toMatchObject({ method: 'GitHub', person: null });
  expect(grant.expiresAt).toBeGreaterThan(options.clock.now());
  expect(await koyeb.check(here, grant.secret)).toMatchObject({
    ...{ alive: true, person: 'Maya Castell', realm: { name: 'Lantern Works' } },
  });
  for (const operation of ['getOAuthOptions', 'oauthCallback'])
    expect(lastSeen(server, operation).headers.authorization).toBeUndefined();
  expect(lastSeen(server, 'getOAuthOptions').query).toEqual({ action: 'signin' });
  expect(Object.keys(lastSeen(server, 'oauthCallback').body as object)).toEqual(['state', 'code']);
  expect(koyeb.cannotEnd?.(grant.secret)).toBeNull();
  expect(koyeb.refreshAt?.({ expiresAt: 100, grantedAt: 0, usedAt: 0 }, here.values)).toBe(50);
  await koyeb.end(here, grant.secret);
  expect(alive()).toEqual([]);
});

test('the realm that was asked for is reached, and both tokens end together', async () => {
  const first = activeOf(await signIn(/as Maya/));
  const here = context(visit(/as Maya/));
  const rows = (await koyeb.memberships?.(here, first.secret)) ?? [];
  await koyeb.end(here, first.secret);
  for (const wanted of ['Tidepool Labs', 'No organisation']) {
    const realm = rows.find((one) => one.realm.name === wanted)!.realm;
    const there = context(visit(/as Maya/), { realm });
    const grant = activeOf(await through(there, await asked(there)));
    expect(grant.realm).toEqual(realm);
    expect(alive()).toHaveLength(2);
    await koyeb.end(there, grant.secret);
    expect(alive()).toEqual([]);
  }
  // One that can't be reached leaves nothing.
  const stranger = context(visit(/as Jonas/), { realm: rows[0]!.realm });
  const step = await asked(stranger, 'google');
  expect((await failureOf(through(stranger, step))).kind).toBe('forbidden');
  expect(alive()).toEqual([]);
});

test('the only provider is taken without a choice, by the name that Koyeb has for it', async () => {
  const here = context(stays);
  const only = { id: 'hill-id', url: 'https://login.example/start', state: 'abc' };
  const body = { oauth_providers: [{ id: 'no-address' }, only] };
  server.misbehave({ operation: 'getOAuthOptions', status: 200, body, times: 1 });
  expect(promptOf(await koyeb.begin(here, null, {})).ask).toEqual({
    ...{ kind: 'page', name: 'hill-id', host: 'login.example' },
  });
});

test.each([
  [{ oauth_providers: null }, 200, 'not-found', 'offers no sign-in by a provider'],
  [
    { status: 401, code: 'authentication_error', message: 'no' },
    401,
    'forbidden',
    'wants a session before it says',
  ],
  [{ status: 403, code: 'authorization_error', message: 'no' }, 403, 'forbidden', 'does not say by which'],
])('providers that can’t be had are told: %o', async (body, status, kind, sentence) => {
  server.misbehave({ operation: 'getOAuthOptions', status, body, times: 1 });
  const failure = await failureOf(koyeb.begin(context(stays), null, {}));
  expect(failure).toMatchObject({ kind, message: expect.stringContaining(sentence) });
});

test('a lost answer to the question for the providers leaves nothing to look for', async () => {
  server.misbehave({ operation: 'getOAuthOptions', reset: 'after' });
  await expect(koyeb.begin(context(stays), null, {})).rejects.toMatchObject({ mayHaveWorked: false });
});

const without = (name: string) => (back: URL) => {
  back.searchParams.delete(name);
  return back.href;
};
const withOther = (name: string, value: string) => (back: URL) => {
  back.searchParams.set(name, value);
  return back.href;
};

test.each([
  ['Deny', /Deny/, undefined, 'was refused on the page of GitHub'],
  ['a state of another sign-in', /as Maya/, withOther('state', 'another'), 'belongs to another sign-in'],
  ['no state', /as Maya/, without('state'), 'belongs to another sign-in'],
  ['no code', /as Maya/, without('code'), 'without a code'],
  ['a code without end', /as Maya/, withOther('code', 'x'.repeat(5000)), 'without a code'],
  [
    'another error',
    /Deny/,
    withOther('error', 'temporarily_unavailable'),
    'GitHub did not sign this person in: The user has denied',
  ],
  ['a code that is none', /as Maya/, withOther('code', 'made-up'), 'did not accept what came back'],
  ['somebody whom Koyeb does not know', /as Noor/, undefined, 'no account that this provider signs in'],
] as const)('%s has its sentence, and leaves nothing', async (_, choose, change, sentence) => {
  const failure = await failureOf(signIn(choose, 'github', change));
  expect(failure).toMatchObject({ kind: 'refused-prompt', message: expect.stringContaining(sentence) });
  expect(JSON.stringify(failure)).not.toContain('made-up');
  expect(alive()).toEqual([]);
});

test('a locked person is told as anywhere', async () => {
  expect(await failureOf(signIn(/as Greta/))).toMatchObject({ kind: 'locked-out' });
});

test('what comes too late, and what was used before, is not accepted', async () => {
  const here = context(visit(/as Maya/));
  const came = promptOf(await listen(here, await asked(here)));
  const grant = activeOf(await koyeb.answer(here, stored(came).resume, {}));
  await koyeb.end(here, grant.secret);
  expect(await failureOf(koyeb.answer(here, stored(came).resume, {}))).toMatchObject({
    ...{ kind: 'refused-prompt', message: expect.stringContaining('good once, and for ten minutes') },
  });
  const late = context(stays);
  const step = await asked(late);
  options.clock.advance(10 * 60_000);
  expect(await failureOf(listen(late, step))).toMatchObject({
    ...{ kind: 'refused-prompt', message: expect.stringContaining('ten minutes') },
  });
});

test('closing the window ends the sign-in, and so does a cancel', async () => {
  const shut = context(async () => {});
  expect(await failureOf(listen(shut, await asked(shut)))).toMatchObject({
    ...{ kind: 'cancelled', message: expect.stringContaining('was closed') },
  });
  const stop = new AbortController();
  const cancelled = context(stays, { signal: stop.signal });
  const result = failureOf(listen(cancelled, await asked(cancelled)));
  stop.abort();
  expect(await result).toMatchObject({ kind: 'cancelled' });
});

test('a provider that would send the person elsewhere is not opened', async () => {
  const url = 'https://login.example/?redirect_uri=https%3A%2F%2Felsewhere.example%2Fback';
  const body = { oauth_providers: [{ id: 'google', url, state: 'abc' }] };
  server.misbehave({ operation: 'getOAuthOptions', status: 200, body, times: 1 });
  const failure = await failureOf(koyeb.begin(context(stays), null, {}));
  expect(failure).toMatchObject({
    kind: 'wrong-place',
    message: expect.stringContaining('elsewhere.example'),
  });
});

test('where the answer to the code is lost, it may have opened a session, and nobody can tell', async () => {
  const here = context(visit(/as Maya/));
  const came = promptOf(await listen(here, await asked(here)));
  server.misbehave({ operation: 'oauthCallback', reset: 'after', times: 1 });
  await expect(koyeb.answer(here, stored(came).resume, {})).rejects.toMatchObject({ mayHaveWorked: true });
  expect(alive()).toEqual(['maya@lanternworks.example']);
  expect(await koyeb.endStray?.(here)).toEqual({ conclusive: false, ended: false });
});

test('a code that was written down is used after a restart, and an open page takes no other answer', async () => {
  const here = context(visit(/as Maya/));
  const step = await asked(here);
  expect((await failureOf(koyeb.answer(here, stored(step).resume, {}))).kind).toBe('invalid');
  const came = promptOf(await listen(here, step));
  const again = promptOf(await listen(context(stays), came));
  expect(again).toMatchObject({ goesOn: true, resume: came.resume });
  const before = alive().length;
  const grant = activeOf(await koyeb.answer(here, stored(again).resume, {}));
  expect(alive()).toHaveLength(before + 1);
  await koyeb.end(here, grant.secret);
});
