import { GatehouseError } from '#contract/failure.ts';
import { isTransient } from '../../kit/failures.ts';
import type { VendorContext } from '../../vendor.ts';
import type { LoginStatus } from '../api/models.ts';
import { clientOf } from './clients.ts';
import type { Scan } from './state.ts';
import { payloadOf } from './status.ts';

type Enrolling = Pick<Scan, 'nonce' | 'serverId'>;

/** What a QR code says that enrols a phone of this person. */
export async function enrolPayload(context: VendorContext, scan: Enrolling, userId: string): Promise<string> {
  const code = await clientOf(context, scan).getQrEnrol({ name: userId, userId });
  return payloadOf(Buffer.from(code).toString('base64'));
}

/**
 * The status of a session whose phone is enrolled under the name that was asked for: where the code did not take it, it is registered now.
 * Throws when the phone is enrolled and the server does not take the name.
 */
export async function enrolled(
  context: VendorContext,
  scan: Enrolling,
  userId: string,
  status: LoginStatus,
): Promise<LoginStatus> {
  if (status.userid === userId) return status;
  const client = clientOf(context, scan);
  try {
    await client.registerUser(userId);
    const now = await client.getSession();
    if (now.userid === userId) return now;
  } catch (error) {
    if (!(error instanceof GatehouseError) || isTransient(error.failure)) throw error;
    throw new GatehouseError({ ...error.failure, message: notUnder(userId, error.failure.message) });
  }
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: notUnder(userId, 'nextAuth took the name and does not show it.'),
    advice: 'Look at the devices under People: there it can be moved to the person, or deleted.',
  });
}

const notUnder = (userId: string, why: string) =>
  `A phone was enrolled, but not under the name “${userId}”: ${why}`;
