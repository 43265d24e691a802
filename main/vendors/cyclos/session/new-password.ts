import { GatehouseError } from '#contract/failure.ts';
import { isKind } from '../../kit/failures.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import type { Auth } from '../api/models.ts';
import { guard, pendingClient } from './guard.ts';
import type { NextStep } from './second-step.ts';
import { promptStep, type SignInState } from './state.ts';

type PasswordType = NonNullable<Auth['passwordType']>;

/** Asks for a new password in place of the expired one: the login password first. */
export function askNewPassword(state: SignInState, auth: Auth): Step {
  const isLogin = auth.expiredPassword === true;
  const type = isLogin ? auth.passwordType : auth.secondaryPasswordType;
  const id = type?.internalName ?? type?.id;
  if (!id)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'A password has expired, and Cyclos does not say which.',
      advice: 'Change it in Cyclos’s own pages, then sign in again.',
    });
  return prompt({ ...state, asked: 'new-password', change: { type: id, isLogin } }, type);
}

function prompt(state: SignInState, type: PasswordType | undefined, wrong?: string): Step {
  const label = state.change?.isLogin ? 'The password has expired' : 'The secondary password has expired';
  const ask = {
    kind: 'new-password' as const,
    label: type?.name ? `${label} (${type.name})` : label,
    needsOld: !(state.change?.isLogin && state.password),
    ...(type?.minLength ? { minLength: type.minLength } : {}),
    ...(type?.maxLength ? { maxLength: type.maxLength } : {}),
    rules: type?.onlyNumeric ? ['Digits only'] : [],
  };
  return promptStep(state, ask, wrong ? { wrong } : {});
}

/** Changes the password. One that Cyclos does not take is asked for again, with its reason. */
export async function changePassword(
  context: VendorContext,
  state: SignInState,
  passwords: { oldPassword: string; newPassword: string },
  next: NextStep,
): Promise<Step> {
  const { type, isLogin } = state.change ?? { type: '', isLogin: true };
  try {
    await pendingClient(context, state).passwords.changePassword({ user: 'self', type, ...passwords });
  } catch (error) {
    if (!isKind(error, 'invalid', 'refused-prompt')) throw error;
    // A wrong old login password can only be a typed one: it is asked for now.
    const again = error.failure.kind === 'refused-prompt' && isLogin ? { ...state, password: '' } : state;
    return prompt(again, undefined, error.failure.message);
  }
  const after = isLogin ? { ...state, password: passwords.newPassword, changed: true } : state;
  // Guarded with the new password, so that an interruption does not lose it.
  return guard(context, after, () => next(after));
}
