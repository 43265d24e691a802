import { notFound } from './faults.ts';
import type { Agreement, Network, User } from './model.ts';
import { numericId, type Place } from './state.ts';

/** An agreement by id or internal name. Throws 404. */
export function agreementOf(network: Network, key: string): Agreement {
  const found = network.agreements.find((each) => each.id === key || each.internalName === key);
  if (!found) throw notFound('Agreement', key);
  return found;
}

/** Agreement: 4.16 says whether it is required, 4.11 has its text in it. */
export function agreementView({ state }: Place, agreement: Agreement): Record<string, unknown> {
  const { id, name, internalName, required, versions } = agreement;
  return {
    id,
    name,
    internalName,
    ...(state.generation === '4.11'
      ? { content: versions.at(-1), contentVersion: versions.length }
      : { required }),
  };
}

/** Which agreements a person has accepted and not taken back, with the newest entry of each. */
export function acceptedBy(network: Network, user: User) {
  return network.agreements.flatMap((agreement) => {
    const last = user.agreementLog.findLast((each) => each.agreementId === agreement.id);
    return last?.accepted ? [last] : [];
  });
}

/** Writes that a person accepted an agreement as it is now, or took it back. */
export function writeAgreement(
  place: Place,
  user: User,
  agreement: Agreement,
  accepted: boolean,
  remoteAddress: string,
): void {
  const { state } = place;
  user.agreementLog.push({
    id: numericId(state.ids, state.ids.nextUuid('cyclos agreement log')),
    agreementId: agreement.id,
    at: state.clock.now(),
    version: agreement.versions.length,
    accepted,
    remoteAddress,
  });
  if (accepted) user.pendingAgreements = user.pendingAgreements.filter((id) => id !== agreement.id);
}
