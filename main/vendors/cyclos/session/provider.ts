import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { GatehouseError } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import { lookUp } from '#lib/look-up.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import type { DataForLogin, IdentityCallback } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { lateCallback, listenFor } from './callback.ts';
import { dropSession, guard } from './guard.ts';
import { promptStep, type SignInState } from './state.ts';

/** Signing in by an identity provider: on its own page, in a window that knows nothing of ours. */

type Provider = NonNullable<SignInState['provider']>;

const guest = ({ http }: VendorContext) => cyclosClient(http, { kind: 'guest' }).identity;

/** Lets the person choose among the providers that the network has; the only one is taken. */
export async function chooseProvider(
  context: VendorContext,
  state: SignInState,
  data: DataForLogin | undefined,
): Promise<Step> {
  const options = (data?.identityProviders ?? []).flatMap(({ id, internalName, name }) => {
    const key = internalName ?? id;
    return key ? [{ id: key, label: name ?? key }] : [];
  });
  const [first] = options;
  if (!first)
    throw new GatehouseError({
      kind: 'not-found',
      message: 'This network offers no sign-in by an identity provider.',
      advice: 'Choose another way in the account form. Cyclos servers before 4.16 know none.',
    });
  if (options.length === 1) return prepare(context, state, first.id);
  const ask = { kind: 'choice', label: 'Sign in with', options } as const;
  return promptStep({ ...state, asked: 'provider-choice' }, ask);
}

/** Has Cyclos prepare the sign-in; the window opens when somebody listens for what comes of it. */
export async function prepare(context: VendorContext, state: SignInState, key: string): Promise<Step> {
  const { identityProvider, requestId, url } = await guest(context).prepareIdentityProviderLogin(key);
  if (!requestId || !url)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'Cyclos did not say where to sign in with this identity provider.',
      advice: 'Try again, or sign in another way.',
    });
  const name = plainText(identityProvider?.name ?? key, 80);
  const provider = { name, requestId, url, clientId: randomUUID(), opened: false, status: null };
  const deadline = context.now() + assumptions.promptLife;
  return pagePrompt({ ...state, asked: 'provider', generation: '4.16', deadline, provider }, provider);
}

function pagePrompt(state: SignInState, provider: Provider): Step {
  const host = URL.parse(provider.url)?.host ?? '';
  return promptStep({ ...state, provider }, { kind: 'page', name: provider.name, host });
}

/**
 * Opens the provider's page, after somebody listens for what comes of it, and waits. Throws `refused-prompt` for every outcome but a
 * sign-in, `cancelled` when the window is closed or the visit ends, and what keeps the page from being shown.
 */
export async function waitForProvider(
  context: VendorContext,
  state: SignInState,
  changed: (step: Step) => void,
): Promise<Step> {
  const { provider } = state;
  if (!provider) throw new GatehouseError({ kind: 'internal', message: 'There is no identity provider.' });
  if (state.asked === 'received') return received(state, provider);
  const listener = listenFor(context, provider);
  const over = new AbortController();
  const { name, url } = provider;
  try {
    await Promise.race([listener.isOpen, listener.result, wait(assumptions.pushOpens)]);
    // Written down before the page opens: from now on a session may come of it.
    changed(pagePrompt(state, { ...provider, opened: true }));
    const signal = AbortSignal.any([context.signal, over.signal]);
    const page = context.showPage({ name, url, signal });
    const late = wait(Math.max(0, state.deadline - context.now()), 'late' as const, { signal });
    late.catch(() => {});
    const first = await Promise.race([listener.result, page.then(() => 'closed' as const), late]);
    listener.stopIn(assumptions.callbackGrace);
    // The page may close itself before the word of it is here.
    const callback = typeof first === 'string' ? await listener.result : first;
    if (!callback) throw first === 'late' ? tooLate : closed;
    if (!callback.sessionToken) throw refusal(name, callback);
    const status = callback.status ?? '';
    return received({ ...state, token: callback.sessionToken }, { ...provider, opened: true, status });
  } finally {
    listener.stopIn(assumptions.callbackGrace);
    over.abort();
  }
}

/** A token that came is written down before anything is done with it. */
function received(state: SignInState, provider: Provider): Step {
  const step = pagePrompt({ ...state, asked: 'received' }, provider);
  return step.kind === 'prompt' ? { ...step, goesOn: true } : step;
}

const tooLate = new GatehouseError({
  kind: 'refused-prompt',
  message: 'Nobody signed in on the identity provider’s page in time.',
  advice: 'Start the sign-in again.',
});
const closed = new GatehouseError({
  kind: 'cancelled',
  message: 'The identity provider’s page was closed before the sign-in was over.',
  advice: 'Start the sign-in again.',
});

/** Statuses with which Cyclos has signed somebody in, and how that is called. */
const signedIn: Record<string, (name: string) => string> = {
  loginLink: (name) => name,
  loginEmail: (name) => `${name} (newly linked by e-mail)`,
  registrationDone: (name) => `${name} (newly registered)`,
};

const refusals: Record<string, (name: string) => [string, string]> = {
  denied: (name) => [
    `The sign-in was refused on the page of ${name}.`,
    'If that was a mistake, start the sign-in again.',
  ],
  loginNoMatch: (name) => [
    `${name} knows this person, but nobody in this network is linked to them or has their e-mail address.`,
    `The person signs in with a password first, and links ${name} in Cyclos.`,
  ],
  loginNoEmail: (name) => [
    `${name} knows this person but did not tell their e-mail address, and nobody in this network is linked to them.`,
    `The person signs in with a password first, and links ${name} in Cyclos.`,
  ],
};

function refusal(name: string, { status, errorMessage }: Pick<IdentityCallback, 'status' | 'errorMessage'>) {
  const said = plainText(errorMessage ?? '', 300);
  const [message, advice] = lookUp(refusals, status)?.(name) ?? [
    status === 'error'
      ? `Cyclos could not sign this person in with ${name}${said ? `: ${said}` : '.'}`
      : `Cyclos answered the sign-in with ${name} in a way that Gatehouse does not know.`,
    'Try again, or sign in another way.',
  ];
  return new GatehouseError({ kind: 'refused-prompt', message, advice });
}

/**
 * Takes over the session whose token came by push, and goes on as `next` says. One that can't be taken over is ended; where the answer
 * is lost, the failure says whether a session may be left.
 */
export async function takeOver(
  context: VendorContext,
  state: SignInState,
  provider: Provider,
  next: (state: SignInState) => Promise<Step>,
): Promise<Step> {
  const status = provider.status ?? '';
  const method = lookUp(signedIn, status)?.(provider.name);
  if (!method)
    return guard(context, state, async () => {
      throw refusal(provider.name, { status, errorMessage: undefined });
    });
  let token: string;
  try {
    token = await guest(context).replaceSession(state.token ?? '');
  } catch (error) {
    if (error instanceof GatehouseError && error.mayHaveWorked)
      throw await lostReplacement(context, state, error);
    return guard(context, state, async () => {
      throw error;
    });
  }
  const deadline = context.now() + assumptions.promptLife;
  const taken = { ...state, token, method, deadline, provider: null };
  return guard(context, taken, () => next(taken));
}

/** Where the old session could be ended, no other has taken its place. */
async function lostReplacement(
  context: VendorContext,
  state: SignInState,
  { failure }: GatehouseError,
): Promise<GatehouseError> {
  try {
    await cyclosClient(context.http, { kind: 'session', token: state.token ?? '' }).auth.logout();
  } catch (error) {
    if (error instanceof GatehouseError) return new GatehouseError(failure, { mayHaveWorked: true });
    throw error;
  }
  return new GatehouseError({
    kind: 'refused-prompt',
    message: `The sign-in was interrupted, and the session that had come of it was ended. ${failure.message}`,
    advice: 'Start the sign-in again.',
  });
}

/** Ends what came, or still comes, of a sign-in that nobody waits for any more. */
export async function dropProvider(context: VendorContext, state: SignInState, ids: Provider): Promise<void> {
  if (state.token !== null) return dropSession(context, state);
  if (!ids.opened) return;
  const token = (await lateCallback(context, ids))?.sessionToken;
  if (token) await dropSession(context, { ...state, token });
}
