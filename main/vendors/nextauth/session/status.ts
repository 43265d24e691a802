import { GatehouseError } from '#contract/failure.ts';
import type { VendorContext } from '../../vendor.ts';
import type { LoginStatus } from '../api/models.ts';
import { assumptions, qrText } from '../assumptions.ts';
import { clientOf } from './clients.ts';

const inFlight = new Map<string, Promise<LoginStatus>>();

/** The session's state. However many ask at once, one request is in flight for a nonce. */
export function readStatus(
  context: VendorContext,
  scan: { nonce: string; serverId: string },
): Promise<LoginStatus> {
  const running = inFlight.get(scan.nonce);
  if (running) return running;
  const poll = clientOf(context, scan)
    .getSession()
    .finally(() => inFlight.delete(scan.nonce));
  inFlight.set(scan.nonce, poll);
  return poll;
}

/**
 * What the QR code has to say: from the status, else from the operation that gives the code alone. Throws
 * `unexpected-answer` for more than any QR code can hold.
 */
export async function readPayload(
  context: VendorContext,
  scan: { nonce: string; serverId: string },
  status: LoginStatus,
): Promise<string> {
  const base64 =
    status.loginqrdata || Buffer.from(await clientOf(context, scan).getQrLogin()).toString('base64');
  if (base64.length <= assumptions.payloadSize) return qrText(base64);
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: 'nextAuth sent more for the QR code than any QR code can hold.',
    advice: 'The server may be faulty; tell whoever runs it.',
  });
}
