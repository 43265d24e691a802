import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cyclos } from '../../../../main/vendors/cyclos/index.ts';
import type { Step, VendorContext } from '../../../../main/vendors/vendor.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startCyclos } from '../../../../practice/cyclos/index.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  newNetwork,
  personOf,
  practiceOptions,
  promptOf,
  stored,
} from '../practice-context.ts';
import { visitProvider } from './visit-provider.ts';

const network = newNetwork();
afterAll(() => network.close());

const options = practiceOptions('cyclos provider');
let server: PracticeServer;
beforeAll(async () => {
  server = await startCyclos({ ...options, generation: '4.16', members: 5 });
});
afterEach(() => server.behave());
afterAll(() => server.close());

/** A window in which the link that is named is taken, and that is closed then. */
const visit =
  (choose: RegExp): VendorContext['showPage'] =>
  ({ url }) =>
    visitProvider(url, choose);

/** A window that stays open until somebody closes it. */
const stays: VendorContext['showPage'] = ({ signal }) =>
  new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));

const context = (showPage: VendorContext['showPage'], signal?: AbortSignal, more = {}) =>
  contextFor({
    network,
    values: {
      baseUrl: personOf(server, 'mona').account.values.baseUrl ?? '',
      way: 'identity-provider',
      ...more,
    },
    now: () => options.clock.now(),
    showPage,
    ...(signal ? { signal } : {}),
  });

/** The step in which the provider's page is due. */
async function asked(here: VendorContext, provider = 'harbourid') {
  const choice = promptOf(await cyclos.begin(here, null, {}));
  expect(choice.ask).toEqual({
    ...{ kind: 'choice', label: 'Sign in with' },
    options: [
      { id: 'harbourid', label: 'Harbour ID' },
      { id: 'guildpass', label: 'Guild Pass' },
    ],
  });
  return promptOf(await cyclos.answer(here, stored(choice).resume, { choice: provider }));
}

const listen = (here: VendorContext, step: Step, seen: Step[] = []) =>
  cyclos.listen!(here, stored(promptOf(step)).resume, (one) => seen.push(one));

/** From the page on: what listening brings, gone on with as the sessions do. */
async function through(here: VendorContext, step: Step): Promise<Step> {
  const last = promptOf(await listen(here, step));
  expect(last.goesOn).toBe(true);
  return cyclos.answer(here, stored(last).resume, {});
}
const signIn = async (choose: RegExp, provider?: string) => {
  const here = context(visit(choose));
  return through(here, await asked(here, provider));
};
const live = () => server.sessions().map(({ person }) => person);

describe('Cyclos 4.16 by an identity provider', () => {
  test('who is linked is signed in; the token that came by push is replaced', async () => {
    const here = context(visit(/as Ida Identity/));
    const step = await asked(here);
    expect(step.ask).toEqual({
      ...{ kind: 'page', name: 'Harbour ID' },
      host: new URL(server.origin).host,
    });
    const seen: Step[] = [];
    const came = promptOf(await listen(here, step, seen));
    // That a session may come of it is written down before the page opens.
    expect(JSON.stringify(seen)).toContain('"opened":true');
    const token = (came.resume as { token: string }).token;
    const grant = activeOf(await cyclos.answer(here, stored(came).resume, {}));
    expect(grant).toMatchObject({
      person: 'Ida Identity',
      method: 'Harbour ID',
      realm: { id: 'left-coast' },
    });
    expect(grant.keep).toBeUndefined();
    expect((grant.secret as { token: string }).token).not.toBe(token);
    expect(live()).toEqual(['ida']);
    await cyclos.end(here, grant.secret);
    expect(live()).toEqual([]);
  });

  test('the subscription stands before the page is opened', async () => {
    const before: string[] = [];
    const here = context(async (page) => {
      before.push(...server.log().map(({ operation }) => operation ?? ''));
      return visit(/as Ida/)(page);
    });
    server.log().splice(0);
    const grant = activeOf(await through(here, await asked(here)));
    expect(before).toContain('subscribeForPushNotifications');
    await cyclos.end(here, grant.secret);
  });

  test('a match by e-mail says that it is linked from now on, and the second step is asked for as ever', async () => {
    const mona = activeOf(await signIn(/as Mona/));
    expect(mona.method).toBe('Harbour ID (newly linked by e-mail)');
    await cyclos.end(context(stays), mona.secret);
    const here = context(visit(/as Pia/));
    const second = promptOf(await through(here, await asked(here)));
    expect(second.ask).toMatchObject({ kind: 'password' });
    const pia = activeOf(await cyclos.answer(here, stored(second).resume, { password: '4711' }));
    expect(pia.method).toBe('Harbour ID (newly linked by e-mail) and secondary password');
    await cyclos.end(here, pia.secret);
    expect(live()).toEqual([]);
  });

  test.each([
    [/Don’t sign in/, 'harbourid', 'refused on the page of Harbour ID'],
    [/as Una/, 'harbourid', 'nobody in this network is linked to them or has their e-mail'],
    [/as Nemo/, 'harbourid', 'did not tell their e-mail address'],
    [/as Ida/, 'guildpass', 'could not sign this person in with Guild Pass: This person can’t sign in by'],
  ])('what came of %s at %s has its sentence', async (choose, provider, sentence) => {
    const failure = await failureOf(signIn(choose, provider));
    expect(failure).toMatchObject({ kind: 'refused-prompt', message: expect.stringContaining(sentence) });
    expect(live()).toEqual([]);
  });

  const push = (data: object) => ({
    ...{ operation: 'subscribeForPushNotifications', status: 200, times: 1 },
    headers: { 'content-type': 'text/event-stream' },
    body: `event: identityProviderCallback\ndata: ${JSON.stringify(data)}\n\n`,
  });

  test('an outcome without a sentence, and one that can’t be read, are told as such', async () => {
    for (const data of [{ status: 'constructor' }, { status: 'error' }, { status: 7 }]) {
      const here = context(stays);
      const step = await asked(here);
      server.misbehave(push(data));
      const failure = await failureOf(listen(here, step));
      expect(failure.kind).toBe('refused-prompt');
      expect(failure.message).toMatch(
        /in a way that Gatehouse does not know|could not sign this person in with/,
      );
    }
  });

  test('an outcome of somebody else’s request is none of ours', async () => {
    const subscribed = () =>
      server.log().filter(({ operation }) => operation === 'subscribeForPushNotifications').length;
    const before = subscribed();
    // What only said this has subscribed nobody: the page is opened when the next one does.
    const here = context(async (page) => {
      await expect.poll(subscribed, { timeout: 5000 }).toBeGreaterThan(before + 1);
      return visit(/Don’t sign in/)(page);
    });
    const step = await asked(here);
    server.misbehave(push({ status: 'loginLink', requestId: 'another', sessionToken: 'stolen' }));
    expect((await failureOf(listen(here, step))).message).toContain('refused on the page');
  });

  test('a token that comes with a refusal is ended', async () => {
    const here = context(visit(/as Ida/));
    const step = await asked(here);
    const came = promptOf(await listen(here, step));
    const resume = stored(came).resume as { provider: { status: string } };
    resume.provider.status = 'loginNoMatch';
    expect(live()).toEqual(['ida']);
    expect((await failureOf(cyclos.answer(here, resume, {}))).kind).toBe('refused-prompt');
    expect(live()).toEqual([]);
  });

  test('a token that can’t be replaced is ended, or kept to be ended', async () => {
    const here = context(visit(/as Ida/));
    const came = async () => stored(promptOf(await listen(here, await asked(here))));
    server.misbehave({ operation: 'replaceSession', status: 403, body: { code: 'illegalAction' }, times: 1 });
    expect((await failureOf(cyclos.answer(here, (await came()).resume, {}))).kind).toBe('forbidden');
    expect(live()).toEqual([]);

    server.misbehave({ operation: 'replaceSession', status: 403, body: { code: 'illegalAction' }, times: 1 });
    server.misbehave({ operation: 'logout', status: 500, times: 1 });
    const kept = promptOf(await cyclos.answer(here, (await came()).resume, {}));
    expect(kept.ask.kind).toBe('choice');
    expect(live()).toEqual(['ida']);
    await cyclos.abandon!(here, stored(kept).resume);
    expect(live()).toEqual([]);

    // Gone on with, it is replaced first.
    server.misbehave({ operation: 'replaceSession', status: 429, times: 1 });
    const again = promptOf(await cyclos.answer(here, (await came()).resume, {}));
    const before = server.log().length;
    const grant = activeOf(await cyclos.answer(here, stored(again).resume, { choice: 'go-on' }));
    expect(server.log().slice(before)[0]?.operation).toBe('replaceSession');
    await cyclos.end(here, grant.secret);
    expect(live()).toEqual([]);
  });

  test('where the answer to the replacement is lost, what is left is ended or said', async () => {
    const here = context(visit(/as Ida/));
    const came = async () => stored(promptOf(await listen(here, await asked(here)))).resume;
    server.misbehave({ operation: 'replaceSession', reset: 'before', times: 1 });
    const ended = cyclos.answer(here, await came(), {});
    await expect(ended).rejects.toMatchObject({ mayHaveWorked: false, failure: { kind: 'refused-prompt' } });
    expect(live()).toEqual([]);

    server.misbehave({ operation: 'replaceSession', reset: 'after', times: 1 });
    await expect(cyclos.answer(here, await came(), {})).rejects.toMatchObject({ mayHaveWorked: true });
    expect(live()).toEqual(['ida']);
    const admin = context(stays, undefined, personOf(server, 'alice').account.values);
    const alice = activeOf(await cyclos.begin(admin, null, {}));
    await fetch(`${personOf(server, 'mona').account.values.baseUrl}/ida/sessions`, {
      ...{ method: 'DELETE', headers: { 'session-token': (alice.secret as { token: string }).token } },
    });
    await cyclos.end(admin, alice.secret);
    expect(live()).toEqual([]);
  });

  test('a stream that breaks is taken up again, and what was missed comes then', async () => {
    const here = context(visit(/as Ida/));
    const step = await asked(here);
    server.misbehave({ operation: 'subscribeForPushNotifications', status: 503, times: 1 });
    const grant = activeOf(await through(here, step));
    await cyclos.end(here, grant.secret);
    expect(live()).toEqual([]);
  });

  test('closing the window ends the sign-in, and so do a cancel and the deadline', async () => {
    const shut = context(async () => {});
    expect(await failureOf(listen(shut, await asked(shut)))).toMatchObject({
      ...{ kind: 'cancelled', message: expect.stringContaining('was closed') },
    });

    const stop = new AbortController();
    const cancelled = context(stays, stop.signal);
    const result = failureOf(listen(cancelled, await asked(cancelled)));
    stop.abort();
    expect(await result).toMatchObject({ kind: 'cancelled' });

    const late = context(stays);
    const step = await asked(late);
    options.clock.advance(11 * 60_000);
    expect(await failureOf(listen(late, step))).toMatchObject({
      ...{ kind: 'refused-prompt', message: expect.stringContaining('in time') },
    });
  }, 20_000);

  test('a sign-in that comes after the cancel is ended', async () => {
    const stop = new AbortController();
    let opened = (_: string) => {};
    const url = new Promise<string>((done) => {
      opened = done;
    });
    const here = context((page) => {
      opened(page.url);
      return stays(page);
    }, stop.signal);
    const seen: Step[] = [];
    const result = failureOf(listen(here, await asked(here), seen));
    const page = { name: '', url: await url, signal: stop.signal };
    stop.abort();
    const abandoned = cyclos.abandon!(context(stays), stored(promptOf(seen.at(-1)!)).resume);
    await visit(/as Ida/)(page);
    expect(live()).toEqual(['ida']);
    await abandoned;
    expect(live()).toEqual([]);
    await result;
  }, 20_000);

  test('after a restart what came meanwhile is fetched and ended, and a page that was never opened needs nothing', async () => {
    const here = context(stays);
    const never = await asked(here);
    const before = server.log().length;
    await cyclos.abandon!(here, stored(never).resume);
    expect(server.log()).toHaveLength(before);

    const resume = stored(never).resume as {
      provider: { requestId: string; clientId: string; url: string; opened: boolean };
    };
    resume.provider.opened = true;
    const { requestId, clientId, url } = resume.provider;
    const base = personOf(server, 'mona').account.values.baseUrl;
    const gone = new AbortController();
    const query = new URLSearchParams({
      clientId,
      kinds: 'identityProviderCallback',
      identityProviderRequestId: requestId,
    });
    await fetch(`${base}/push/subscribe?${query}`, { signal: gone.signal });
    gone.abort();
    await expect.poll(() => server.log().some(({ left }) => left)).toBe(true);
    await visit(/as Ida/)({ name: '', url, signal: gone.signal });
    expect(live()).toEqual(['ida']);
    await cyclos.abandon!(here, resume);
    expect(live()).toEqual([]);
  }, 20_000);
});

test('a network without providers says so, and an older server too', async () => {
  const old = await startCyclos({ ...practiceOptions('cyclos old'), generation: '4.11', members: 5 });
  const { values } = personOf(old, 'mona').account;
  for (const baseUrl of [values.baseUrl!, personOf(server, 'Harbour: Member').account.values.baseUrl!]) {
    const here = contextFor({ network, values: { baseUrl, way: 'identity-provider' } });
    expect(await failureOf(cyclos.begin(here, null, {}))).toMatchObject({
      ...{ kind: 'not-found', message: 'This network offers no sign-in by an identity provider.' },
    });
  }
  await old.close();
});
