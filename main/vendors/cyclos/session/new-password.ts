import { GatehouseError, isKind } from '#contract/failure.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import type { Auth } from '../api/models.ts';
import { madePassword } from '../made-password.ts';
import { rulesOf } from '../password-rules.ts';
import { guard, pendingClient } from './guard.ts';
import type { NextStep } from './second-step.ts';
import { promptStep, type SignInState } from './state.ts';

type Change = NonNullable<SignInState['change']>;

/** Asks for a new password in place of one that has expired or was reset, and tells its rules: the login password first. */
export async function askNewPassword(context: VendorContext, state: SignInState, auth: Auth): Promise<Step> {
  const isLogin = auth.expiredPassword === true;
  const second = auth.secondaryPasswordType ?? auth.loginConfirmation?.passwordType;
  const type = isLogin ? auth.passwordType : second;
  const id = type?.internalName ?? type?.id;
  if (!id)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'A password has expired, and Cyclos does not say which.',
      advice: 'Change it in Cyclos’s own pages, then sign in again.',
    });
  const known = await nullIfFailed(pendingClient(context, state).passwords.getPassword('self', id));
  if (isLogin && known?.permissions?.generate) return askToGenerate(state, id, known.type?.name);
  if (known?.permissions?.change === false)
    throw new GatehouseError({
      kind: 'forbidden',
      message: 'The password has expired, and nobody chooses this kind of password: Cyclos makes it.',
      advice: 'Have a new one made in Cyclos’s own pages, then sign in again.',
    });
  const { minLength, maxLength } = known?.type ?? {};
  const label = isLogin ? 'A new password is needed' : 'A new secondary password is needed';
  const change: Change = {
    ...{ type: id, isLogin, label: type?.name ? `${label} (${type.name})` : label },
    needsOld: known?.requireOldPasswordForChange ?? true,
    ...(minLength ? { minLength } : {}),
    ...(maxLength ? { maxLength } : {}),
    rules: rulesOf(known?.type),
  };
  return prompt({ ...state, asked: 'new-password' }, change);
}

/** Nobody types such a password, so that all there is to say is yes. */
function askToGenerate(state: SignInState, type: string, name: string | undefined): Step {
  const label = `The password${name ? ` “${name}”` : ''} has expired, and Cyclos makes the new one. It is kept with this account; “My login” can have another made to copy.`;
  const change: Change = { type, isLogin: true, label, needsOld: false, rules: [] };
  const options = [{ id: 'generate', label: 'Have the new password made' }];
  return promptStep({ ...state, asked: 'generate', change }, { kind: 'choice', label, options });
}

/** Has Cyclos make the login password in place of one that has expired. */
export async function generatePassword(
  context: VendorContext,
  state: SignInState,
  { type }: Change,
  next: NextStep,
): Promise<Step> {
  const password = await madePassword(pendingClient(context, state).passwords.generatePassword(type));
  const after = { ...state, password, changed: true };
  return guard(context, after, () => next(after));
}

function prompt(state: SignInState, change: Change, wrong?: string): Step {
  const { label, needsOld, isLogin, minLength, maxLength, rules } = change;
  const ask = {
    kind: 'new-password' as const,
    label,
    // What was typed to sign in is the old one.
    needsOld: needsOld && !(isLogin && state.password),
    ...(minLength ? { minLength } : {}),
    ...(maxLength ? { maxLength } : {}),
    rules,
  };
  return promptStep({ ...state, change }, ask, wrong ? { wrong } : {});
}

/** Changes the password. One that Cyclos does not take is asked for again, with its reason. */
export async function changePassword(
  context: VendorContext,
  state: SignInState,
  change: Change,
  passwords: { oldPassword?: string; newPassword: string },
  next: NextStep,
): Promise<Step> {
  const { type, isLogin } = change;
  try {
    await pendingClient(context, state).passwords.changePassword({ user: 'self', type, ...passwords });
  } catch (error) {
    if (!isKind(error, 'invalid', 'refused-prompt')) throw error;
    const { kind, message } = error.failure;
    // A wrong old login password can only be a typed one: it is asked for now.
    return kind === 'refused-prompt' && isLogin
      ? prompt({ ...state, password: '' }, { ...change, needsOld: true }, message)
      : prompt(state, change, message);
  }
  const after = isLogin ? { ...state, password: passwords.newPassword, changed: true } : state;
  // Guarded with the new password, so that an interruption does not lose it.
  return guard(context, after, () => next(after));
}
