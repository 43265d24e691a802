import { GatehouseError, isKind } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import { opensNothing } from '../../kit/opens-nothing.ts';
import type { Grant, Step, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import type { DataForLogin } from '../api/models.ts';
import { byProvider, principalTypeOf } from '../form.ts';
import { hasKeyboard, keyboardAsk, keyboardValue, pressFor } from './keyboard.ts';
import { logIn, personOf, realmOf } from './progress.ts';
import { chooseProvider } from './provider.ts';
import { newSignIn, promptStep } from './state.ts';

/** Signs in with what the account holds: an access client's token, or a person's password. */
export async function begin(context: VendorContext): Promise<Step> {
  if (context.values.way === 'access-client') return withAccessClient(context);
  const data = await opensNothing(readDataForLogin(context));
  const state = newSignIn(context, data);
  if (context.values.way === byProvider) return opensNothing(chooseProvider(context, state, data));
  checkPrincipalType(context, data);
  const input = data?.loginPasswordInput;
  if (hasKeyboard(input)) {
    const keyboardId = input.virtualKeyboardId ?? null;
    const pressed = state.password ? pressFor(state.password, input) : null;
    if (pressed) return logIn(context, state, keyboardValue(pressed, keyboardId), data);
    const ask = keyboardAsk(input, input.passwordType?.name ?? input.name ?? 'Password');
    return promptStep({ ...state, asked: 'login-keyboard', keyboardId }, ask);
  }
  if (!state.password)
    return promptStep({ ...state, asked: 'login-password' }, { kind: 'password', label: 'Password' });
  return logIn(context, state, state.password, data);
}

/** Optional by the vendor's word: without it the plain way is tried. */
async function readDataForLogin(context: VendorContext): Promise<DataForLogin | undefined> {
  try {
    return await cyclosClient(context.http, { kind: 'guest' }).auth.getDataForLogin();
  } catch (error) {
    if (isKind(error, 'forbidden', 'expired', 'server-fault')) return undefined;
    throw error;
  }
}

/** Throws `invalid` (field `principalType`) for a kind of identification that the server does not offer for signing in. */
function checkPrincipalType(context: VendorContext, data: DataForLogin | undefined): void {
  const chosen = principalTypeOf(context.values);
  const offered = data?.principalTypes ?? [];
  if (!chosen || offered.length === 0 || offered.some((one) => one.internalName === chosen)) return;
  const names = offered.map((one) => plainText(one.name ?? one.internalName ?? '')).filter(Boolean);
  const message = `This network does not take this kind of identification; it offers ${names.join(', ')}.`;
  throw new GatehouseError({
    kind: 'invalid',
    message,
    advice: 'Choose another kind in the account form.',
    fields: { principalType: message },
  });
}

async function withAccessClient(context: VendorContext): Promise<Step> {
  const token = (context.values.accessClientToken ?? '').trim();
  const client = cyclosClient(context.http, { kind: 'access-client', token });
  const auth = await opensNothing(client.auth.getCurrentAuth());
  const grant: Grant = {
    secret: { kind: 'access-client', token },
    realm: realmOf(context),
    person: personOf(auth),
    method: 'access client',
    expiresAt: null,
  };
  return { kind: 'active', grant };
}
