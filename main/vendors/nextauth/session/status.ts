import { GatehouseError } from '#contract/failure.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { VendorContext } from '../../vendor.ts';
import type { LoginStatus } from '../api/models.ts';
import { assumptions, qrText } from '../assumptions.ts';
import { clientOf } from './clients.ts';
import { userContextOf } from './state.ts';

const inFlight = new Map<string, Promise<LoginStatus>>();

/** The session's state. However many ask at once, one request is in flight for a nonce. */
export function readStatus(
  context: VendorContext,
  scan: { nonce: string; serverId: string },
): Promise<LoginStatus> {
  const running = inFlight.get(scan.nonce);
  if (running) return running;
  // Whoever no longer waits must not be told of a phone that approves later: the end is confirmed by then.
  const poll = clientOf(context, scan, context.signal)
    .getSession()
    .finally(() => inFlight.delete(scan.nonce));
  inFlight.set(scan.nonce, poll);
  return poll;
}

/**
 * What the QR code has to say, and whether the server was told what a phone that scans it is to show. It is asked for with that; where a server does
 * not take it, the status has the code too. Throws `unexpected-answer` for more than any QR code can hold.
 */
export async function readPayload(
  context: VendorContext,
  scan: { nonce: string; serverId: string; serverName: string; payload?: string; told?: boolean },
  status: LoginStatus,
): Promise<{ payload: string; told: boolean }> {
  const stated = status.loginqrdata ? payloadOf(status.loginqrdata) : undefined;
  if (stated !== undefined && stated === scan.payload) return { payload: stated, told: scan.told ?? false };
  const asked = clientOf(context, scan, context.signal).getQrLogin(userContextOf(context, scan.serverName));
  const code = await (stated === undefined ? asked : nullIfFailed(asked));
  if (code) return { payload: payloadOf(Buffer.from(code).toString('base64')), told: true };
  return { payload: stated ?? '', told: false };
}

/** What a QR code says, from base64. Throws `unexpected-answer` for more than any can hold. */
export function payloadOf(base64: string): string {
  if (base64.length <= assumptions.payloadSize) return qrText(base64);
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: 'nextAuth sent more for the QR code than any QR code can hold.',
    advice: 'The server may be faulty; tell whoever runs it.',
  });
}
