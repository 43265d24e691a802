import { GatehouseError } from '#contract/failure.ts';
import { isKind, isTransient } from '../../kit/failures.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { promptStep, type SignInState } from './state.ts';

/** The client of the pending session. */
export const pendingClient = ({ http }: VendorContext, { token, generation }: SignInState) =>
  cyclosClient(http, { kind: 'session', token: token ?? '' }, generation);

/** Ends the pending session; Cyclos's word that it does not know it is as good. Throws otherwise. */
export async function dropSession(context: VendorContext, state: SignInState): Promise<void> {
  if (state.token === null) return;
  try {
    await pendingClient(context, state).auth.logout();
  } catch (error) {
    if (!isKind(error, 'expired')) throw error;
  }
}

/**
 * Does a piece of the sign-in while Cyclos already holds a session for it. When that fails, the session is neither lost nor
 * forgotten: a transient fault asks the person to go on, anything else ends the session before the failure goes up.
 */
export async function guard(
  context: VendorContext,
  state: SignInState,
  work: () => Promise<Step>,
): Promise<Step> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.failure.kind === 'cancelled') throw error;
    if (isTransient(error.failure)) return askToGoOn(state, error.failure.message);
    try {
      await dropSession(context, state);
    } catch {
      return askToGoOn(state, error.failure.message);
    }
    // The session is gone, so that no other answer to the same prompt can help.
    if (error.failure.kind !== 'invalid') throw error;
    throw new GatehouseError({ ...error.failure, kind: 'refused-prompt' });
  }
}

function askToGoOn(state: SignInState, wrong: string): Step {
  const options = [{ id: 'go-on', label: 'Go on with the sign-in' }];
  const label = 'The sign-in was interrupted; Cyclos keeps it open for a while.';
  return promptStep({ ...state, asked: 'go-on' }, { kind: 'choice', label, options }, { wrong });
}
