import { createHmac, timingSafeEqual } from 'node:crypto';
import { forbidden, notFound } from './faults.ts';
import type { Caller, DeviceConfirmation, User } from './model.ts';
import { numericId, type Place, raiseAlert, userById, usersOf } from './state.ts';

/** How often a session may ask for a confirmation that nobody has approved, before the person is blocked. */
const MAX_CHECKS = 5;

/** Makes a confirmation that a trusted device of the person can approve. */
export function newConfirmation(
  place: Place,
  user: User,
  type: DeviceConfirmation['type'],
): DeviceConfirmation {
  const { state, network } = place;
  const id = numericId(state.ids, state.ids.nextUuid('cyclos confirmation'));
  const fields = `Network:${network.name}|User:${user.name}`;
  const confirmation: DeviceConfirmation = {
    id,
    userId: user.id,
    network: network.path,
    type,
    status: 'pending',
    qrContent: `cyclos://confirmation?id=${id}&description=${encodeURIComponent('Sign-in')}&fields=${encodeURIComponent(fields)}`,
    checks: 0,
  };
  state.confirmations.set(id, confirmation);
  return confirmation;
}

/** DeviceConfirmationView. */
export const confirmationView = ({ id, qrContent, type, status }: DeviceConfirmation) => ({
  id,
  qrContent,
  type,
  status,
});

/** A confirmation of the network by its id. Throws 404. */
export function confirmationOf({ state, network }: Place, id: string): DeviceConfirmation {
  const confirmation = state.confirmations.get(id);
  if (confirmation?.network !== network.path) throw notFound('DeviceConfirmation', id);
  return confirmation;
}

/** The HMAC-SHA256 of a QR code under a device's key, in hexadecimal. */
export const hmacOf = (secret: string, content: string) =>
  createHmac('sha256', secret).update(content, 'utf8').digest('hex');

/** Approves or rejects with a device. Throws 403 `invalidDeviceConfirmation`. */
export function decide(
  place: Place,
  confirmation: DeviceConfirmation,
  by: { deviceId: string; hmac: string },
  status: 'approved' | 'rejected',
): void {
  const user = userById(place, confirmation.userId);
  const device = user?.devices.find((each) => each.id === by.deviceId && each.active);
  if (!device) throw invalidConfirmation('invalidDevice');
  const right = Buffer.from(hmacOf(device.secret, confirmation.qrContent));
  const given = Buffer.from(by.hmac.toLowerCase());
  const same = right.length === given.length && timingSafeEqual(right, given);
  if (!same || confirmation.status !== 'pending') throw invalidConfirmation('invalidConfirmation');
  confirmation.status = status;
  place.state.push.send('deviceConfirmation', confirmation.id, confirmationView(confirmation));
}

/**
 * Takes a confirmation in place of a password; it is good once. Throws 403 `invalidDeviceConfirmation`; who asks too often for one
 * that is not approved is blocked.
 */
export function takeConfirmation(place: Place, { user }: Caller, id: string): void {
  const { state, network } = place;
  const confirmation = state.confirmations.get(id);
  if (confirmation?.network !== network.path || confirmation.userId !== user.id) {
    throw invalidConfirmation('invalidConfirmation');
  }
  if (confirmation.status !== 'approved') {
    confirmation.checks += 1;
    if (confirmation.checks < MAX_CHECKS) throw invalidConfirmation('invalidConfirmation');
    user.status = 'blocked';
    raiseAlert(
      place,
      user,
      'maxDeviceConfirmationCheckAttemptsReached',
      'Blocked by asking too often for an approval',
    );
    throw invalidConfirmation('maxCheckAtemptsReached');
  }
  state.confirmations.delete(id);
  const successful = { deviceConfirmation: confirmationView(confirmation), successful: true };
  state.push.send('deviceConfirmationFeedback', id, successful);
}

/** The owner of a device, or null. */
export const ownerOfDevice = (place: Place, deviceId: string): User | null =>
  usersOf(place).find((user) => user.devices.some((device) => device.id === deviceId)) ?? null;

const invalidConfirmation = (why: 'invalidConfirmation' | 'invalidDevice' | 'maxCheckAtemptsReached') =>
  forbidden('invalidDeviceConfirmation', { invalidDeviceConfirmation: why });
