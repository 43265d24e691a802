import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import { lookUp } from '#lib/look-up.ts';
import { opensNothing } from '../../kit/opens-nothing.ts';
import type { ChallengeAnswer, Json, Step, VendorContext } from '../../vendor.ts';
import { koyebClient } from '../api/client.ts';
import { assumptions } from '../assumptions.ts';
import { landed } from './landed.ts';

/** Signing in by a provider: on its own page, in a window that is stopped where it would come back to Koyeb. */

const provider = z.object({ id: z.string(), url: z.string(), state: z.string() });
type Provider = z.infer<typeof provider>;

/** A sign-in on its way, as plain data. `code` is the provider's, and good once. */
const signIn = z.discriminatedUnion('asked', [
  z.object({ asked: z.literal('choice'), providers: z.array(provider), deadline: z.number() }),
  z.object({ asked: z.literal('page'), provider, deadline: z.number() }),
  z.object({ asked: z.literal('received'), provider, code: z.string(), deadline: z.number() }),
]);
type SignIn = z.infer<typeof signIn>;

/** Providers whose names the document has; any other is called as Koyeb calls it. */
const names: Record<string, string> = { github: 'GitHub', google: 'Google' };
const nameOf = ({ id }: Provider) => lookUp(names, id) ?? plainText(id, 80);

/** Lets the person choose among the providers that Koyeb has; the only one is taken. */
export async function beginByProvider(context: VendorContext): Promise<Step> {
  const deadline = context.now() + assumptions.oauthStateLife;
  const offered = await opensNothing(koyebClient(context.http, null).getOAuthOptions());
  const providers = offered.flatMap(({ id, url, state }) => (id && url && state ? [{ id, url, state }] : []));
  const [first] = providers;
  if (!first)
    throw new GatehouseError({
      kind: 'not-found',
      message: 'Koyeb offers no sign-in by a provider.',
      advice: 'Choose another way in the account form.',
    });
  if (providers.length === 1) return pageStep(context, first, deadline);
  const ask = {
    kind: 'choice',
    label: 'Sign in with',
    options: providers.map((one) => ({ id: one.id, label: nameOf(one) })),
  } as const;
  return { kind: 'prompt', ask, resume: { asked: 'choice', providers, deadline }, deadline };
}

/** The window opens when somebody listens for what comes of it. Throws `wrong-place` where it would not come back to Koyeb. */
function pageStep({ baseUrl }: VendorContext, chosen: Provider, deadline: number): Step {
  const address = URL.parse(chosen.url);
  const back = URL.parse(address?.searchParams.get('redirect_uri') ?? '');
  if (back && back.origin !== new URL(baseUrl).origin)
    throw new GatehouseError({
      kind: 'wrong-place',
      message: `${nameOf(chosen)} would send the person on to ${plainText(back.host, 100)}, which is not the address of this account.`,
      advice: 'Check the address of the account, or sign in with a token.',
    });
  const ask = { kind: 'page', name: nameOf(chosen), host: address?.host ?? '' } as const;
  return { kind: 'prompt', ask, resume: { asked: 'page', provider: chosen, deadline }, deadline };
}

/** Goes on with what was chosen, or with the code that came back. */
export async function answer(context: VendorContext, resume: Json, given: ChallengeAnswer): Promise<Step> {
  const at = readSignIn(resume);
  if (at.asked === 'choice') {
    const chosen = at.providers.find(({ id }) => id === given.choice);
    if (chosen) return pageStep(context, chosen, at.deadline);
    throw new GatehouseError({ kind: 'invalid', message: 'Choose one of the providers.' });
  }
  if (at.asked === 'page')
    throw new GatehouseError({ kind: 'invalid', message: 'This goes on in the window that has opened.' });
  const token = await koyebClient(context.http, null).oauthCallback({
    state: at.provider.state,
    code: at.code,
  });
  return { kind: 'active', grant: await landed(context, token, nameOf(at.provider)) };
}

/**
 * Opens the provider's page and waits until it comes back. Throws `refused-prompt` for everything that is no sign-in, `cancelled` when
 * the window is closed or the visit ends, and what keeps the page from being shown.
 */
export async function listen(context: VendorContext, resume: Json): Promise<Step> {
  const at = readSignIn(resume);
  if (at.asked === 'choice')
    throw new GatehouseError({ kind: 'internal', message: 'No provider has been chosen yet.' });
  if (at.asked === 'received') return received(at);
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  const visit: { back?: string } = {};
  try {
    const page = context.showPage({
      name: nameOf(at.provider),
      url: at.provider.url,
      signal,
      onBack(address) {
        visit.back = address;
      },
    });
    const late = wait(Math.max(0, at.deadline - context.now()), 'late' as const, { signal });
    late.catch(() => {});
    const first = await Promise.race([page.then(() => 'closed' as const), late]);
    if (visit.back === undefined) throw first === 'late' ? tooLate : closed;
    return received({ ...at, asked: 'received', code: codeIn(visit.back, at.provider) });
  } finally {
    over.abort();
  }
}

/** A code that came is written down before it is used. */
function received(at: Extract<SignIn, { asked: 'received' }>): Step {
  const ask = {
    kind: 'page',
    name: nameOf(at.provider),
    host: URL.parse(at.provider.url)?.host ?? '',
  } as const;
  return { kind: 'prompt', ask, resume: at, deadline: at.deadline, goesOn: true };
}

/** The code of an address to which a provider sent the person back. Throws `refused-prompt` where it is none of this sign-in. */
function codeIn(address: string, of: Provider): string {
  const query = URL.parse(address)?.searchParams;
  const name = nameOf(of);
  if (query?.get('state') !== of.state)
    throw refused(`What came back from ${name} belongs to another sign-in, so it was not used.`);
  const error = query.get('error');
  if (error === 'access_denied') throw refused(`The sign-in was refused on the page of ${name}.`);
  if (error !== null) {
    const said = plainText(query.get('error_description') || error, 300);
    throw refused(`${name} did not sign this person in: ${said}`);
  }
  const code = query.get('code') ?? '';
  if (code === '' || code.length > assumptions.longestCode)
    throw refused(`${name} sent the person back without a code that Koyeb could take.`);
  return code;
}

function refused(message: string): GatehouseError {
  return new GatehouseError({ kind: 'refused-prompt', message, advice: 'Start the sign-in again.' });
}

const tooLate = refused('Nobody signed in on the provider’s page in time: Koyeb waits ten minutes for it.');
const closed = new GatehouseError({
  kind: 'cancelled',
  message: 'The provider’s page was closed before the sign-in was over.',
  advice: 'Start the sign-in again.',
});

/** A sign-in from what an earlier step stored. Throws `internal` for anything else. */
function readSignIn(resume: Json): SignIn {
  const parsed = signIn.safeParse(resume);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this Koyeb sign-in can’t be read.',
    advice: 'Start the sign-in again.',
  });
}
