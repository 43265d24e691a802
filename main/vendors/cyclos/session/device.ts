import { setTimeout as wait } from 'node:timers/promises';
import { GatehouseError } from '#contract/failure.ts';
import { isTransient } from '../../kit/failures.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import { assumptions } from '../assumptions.ts';
import { pendingClient } from './guard.ts';
import { promptStep, type SignInState } from './state.ts';

/** Asks for an approval by a trusted device, whose app scans a code. */
export async function askDevice(context: VendorContext, state: SignInState): Promise<Step> {
  const { confirmations } = pendingClient(context, state);
  const id = await confirmations.createLoginConfirmation();
  const { qrContent } = await confirmations.viewDeviceConfirmation(id);
  if (!id || !qrContent)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'Cyclos sent nothing that the trusted device could scan.',
      advice: 'Start the sign-in again, or confirm it another way.',
    });
  return devicePrompt({ ...state, asked: 'device', confirmation: { id, qrContent } });
}

export function devicePrompt(state: SignInState): Step {
  const payload = state.confirmation?.qrContent ?? '';
  return promptStep(state, {
    kind: 'scan',
    payload,
    stage: 'ready',
    staleAt: null,
    listening: 'polling',
    phoneShows: shownByDevice(payload),
    pushTargets: [],
    canPushToUser: false,
  });
}

/** What the app shows of a code: `cyclos://confirmation?id=…&description=…&fields=Label:Value|…`. */
function shownByDevice(qrContent: string): string {
  const query = URL.canParse(qrContent) ? new URL(qrContent).searchParams : null;
  const fields = query?.get('fields')?.split('|') ?? [];
  const shown = [query?.get('description'), ...fields.map((one) => one.replace(':', ': '))].filter(Boolean);
  return shown.join(', ') || 'a sign-in to confirm';
}

/**
 * Waits until a trusted device has approved. Returns what then confirms the sign-in. It looks at the confirmation and does not try it:
 * who tries too often one that is not approved gets blocked. Throws `refused-prompt` when the device refuses and at the deadline,
 * `cancelled` when the visit ends.
 */
export async function waitForDevice(context: VendorContext, state: SignInState): Promise<string> {
  const id = state.confirmation?.id ?? '';
  const { confirmations } = pendingClient(context, state);
  while (context.now() < state.deadline) {
    let until = 0;
    try {
      const { status } = await confirmations.viewDeviceConfirmation(id);
      if (status === 'approved') return `confirmation:${id}`;
      if (status === 'rejected')
        throw new GatehouseError({
          kind: 'refused-prompt',
          message: 'The sign-in was refused on the trusted device.',
          advice: 'If that was a mistake, start the sign-in again.',
        });
    } catch (error) {
      if (!(error instanceof GatehouseError) || !isTransient(error.failure)) throw error;
      until = error.failure.until ?? 0;
    }
    await pause(context, Math.max(assumptions.approvalPoll, until - context.now()));
  }
  throw new GatehouseError({
    kind: 'refused-prompt',
    message: 'Nobody approved the sign-in on a trusted device in time.',
    advice: 'Start the sign-in again.',
  });
}

async function pause({ signal }: VendorContext, ms: number): Promise<void> {
  await wait(Math.min(ms, assumptions.promptLife), undefined, { signal }).catch(() => {
    throw new GatehouseError({ kind: 'cancelled', message: 'The sign-in was cancelled.' });
  });
}
