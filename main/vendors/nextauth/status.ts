import type { Visit } from '../vendor.ts';
import { qrText } from './assumptions.ts';
import type { LoginStatus } from './models.ts';
import { clientOf } from './prompt.ts';

const inFlight = new Map<string, Promise<LoginStatus>>();

/** The session's state. However many ask at once, one request is in flight for a nonce. */
export function readStatus(visit: Visit, scan: { nonce: string; serverId: string }): Promise<LoginStatus> {
  const running = inFlight.get(scan.nonce);
  if (running) return running;
  const poll = clientOf(visit, scan)
    .getSession()
    .finally(() => inFlight.delete(scan.nonce));
  inFlight.set(scan.nonce, poll);
  return poll;
}

/** What the QR code has to say: from the status, else from the operation that gives the code alone. */
export async function readPayload(
  visit: Visit,
  scan: { nonce: string; serverId: string },
  status: LoginStatus,
): Promise<string> {
  if (status.loginqrdata) return qrText(status.loginqrdata);
  const bytes = await clientOf(visit, scan).getQrLogin();
  return qrText(Buffer.from(bytes).toString('base64'));
}
