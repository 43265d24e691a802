import type { ActionInput, ActionResult } from '../../admin.ts';
import { createDispatcher } from '../../kit/actions.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { readSecret } from '../session/secret.ts';
import { changeToken, newToken, revokeToken } from './access-tokens.ts';
import { adminContext } from './context.ts';
import { invite } from './invites.ts';
import { admitAddress } from './lockdown.ts';
import * as login from './login-actions.ts';
import { addMember, memberActions } from './membership-actions.ts';
import { ownActions } from './own-actions.ts';
import * as policy from './policy-actions.ts';
import { pinActions } from './second-step.ts';

const dispatchOnPerson = createDispatcher('Enhance', [
  login.newLogin,
  login.setPassword,
  login.sendRecovery,
  policy.allowEmailAction,
  policy.disallowEmailAction,
  policy.unlistEmailAction,
  policy.allowAddressAction,
  policy.unlistAddressAction,
  admitAddress,
  invite,
  addMember,
  ...memberActions,
]);
const dispatchOnOwnLogin = createDispatcher('Enhance', [
  ...ownActions,
  pinActions.email,
  pinActions.otp,
  newToken,
  changeToken,
  revokeToken,
]);

/** Does one action of the directory, of a person or of a row of theirs. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  return dispatchOnPerson(adminContext(context, secret), input);
}

/** Does one action of the own login; returns the cookies that hold afterwards, as the panel may change them. */
export async function actOnOwnLogin(
  context: VendorContext,
  secret: Json,
  input: ActionInput,
): Promise<ActionResult & { secret?: Json }> {
  const done = await dispatchOnOwnLogin(adminContext(context, secret), input);
  const known = readSecret(secret);
  if (known.kind === 'token') return done;
  return { ...done, secret: { ...known, cookies: context.http.saveCookies() } };
}
