import { GatehouseError, isKind } from '#contract/failure.ts';
import type { Grant, Step, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { generationOf } from '../api/generation.ts';
import type { Auth, DataForLogin } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { byProvider, principalTypeOf } from '../form.ts';
import { askAgreements } from './agreements.ts';
import { dropSession, guard, pendingClient } from './guard.ts';
import { askNewPassword } from './new-password.ts';
import { secondStep } from './second-step.ts';
import type { SignInState } from './state.ts';

/** How a sign-in goes from the password to the active session, whatever is asked on the way. */

/** The network by its base URL (…/<network>/api), where the account does not name it. */
export function realmOf(context: VendorContext): Grant['realm'] {
  if (context.realm) return context.realm;
  const id = new URL(context.baseUrl).pathname.split('/').filter(Boolean).at(-2);
  return id ? { id, name: id } : null;
}

export const personOf = (auth: Auth) =>
  auth.user?.display ?? auth.user?.shortDisplay ?? auth.principal ?? null;

/** POST /auth/session; from its answer on there is a session at the server, whatever comes next. */
export async function logIn(
  context: VendorContext,
  state: SignInState,
  password: string,
  data?: DataForLogin,
): Promise<Step> {
  const principalType = principalTypeOf(context.values) ?? assumptions.anyPrincipalType;
  const principal = context.values.principal ?? '';
  const access = { kind: 'basic', principal, password, principalType } as const;
  const auth = await cyclosClient(context.http, access).auth.login();
  if (!auth.sessionToken)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'Cyclos accepted the sign-in but gave no session.',
      advice: 'This channel may be stateless; an administrator can tell.',
    });
  const open = { ...state, token: auth.sessionToken, generation: generationOf(auth, data) };
  return guard(context, open, () => advance(context, open, auth));
}

/** The vendor's order: agreements, expired passwords, second step; then the session is active. */
async function advance(context: VendorContext, state: SignInState, auth: Auth): Promise<Step> {
  if (auth.pendingAgreements) return askAgreements(context, state);
  if (mustChange(auth)) return askNewPassword(context, state, auth);
  if (auth.pendingSecondaryPassword || auth.loginConfirmation)
    return secondStep(context, state, auth, (next) => goOn(context, next));
  const grant: Grant = {
    secret: { kind: 'session', token: state.token ?? '' },
    realm: realmOf(context),
    person: personOf(auth),
    method: state.method,
    expiresAt: null,
    ...(state.changed && context.values.way !== byProvider ? { keep: { password: state.password } } : {}),
  };
  return { kind: 'active', grant };
}

/** 4.16 announces to drop `expiredSecondaryPassword` for the status in the confirmation. */
const mustChange = ({ expiredPassword, expiredSecondaryPassword, loginConfirmation }: Auth) =>
  expiredPassword ||
  expiredSecondaryPassword ||
  ['expired', 'reset'].includes(loginConfirmation?.passwordStatus ?? '');

/** Asks Cyclos how far the sign-in is, and takes the next step. */
export async function goOn(context: VendorContext, state: SignInState): Promise<Step> {
  return advance(context, state, await pendingClient(context, state).auth.getCurrentAuth());
}

/** After a changed password: the same session if it lives on and knows of the change, else a sign-in with the new one. */
export async function afterChange(context: VendorContext, state: SignInState): Promise<Step> {
  let auth: Auth | null = null;
  try {
    auth = await pendingClient(context, state).auth.getCurrentAuth();
  } catch (error) {
    if (!isKind(error, 'expired')) throw error;
  }
  if (auth?.user && !mustChange(auth)) return advance(context, state, auth);
  await dropSession(context, state);
  if (context.values.way === byProvider)
    throw new GatehouseError({
      kind: 'refused-prompt',
      message: 'The password is changed, and Cyclos has ended the session for it.',
      advice: 'Start the sign-in again.',
    });
  return logIn(context, { ...state, token: null }, state.password);
}
