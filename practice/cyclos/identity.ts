import type { FastifyRequest } from 'fastify';
import { notFound } from './faults.ts';
import type { Identity, IdentityProvider, IdentityRequest, Network, User } from './model.ts';
import { openSession } from './sessions.ts';
import { numericId, type Place } from './state.ts';

/** IdentityProvider. */
export const providerView = ({ identities: _, ...view }: IdentityProvider) => view;

/** A provider by id or internal name. Throws 404. */
export function providerOf(network: Network, key: string): IdentityProvider {
  const found = network.identityProviders.find((each) => each.id === key || each.internalName === key);
  if (!found) throw notFound('IdentityProvider', key);
  return found;
}

/** A request that the network has open, or null. */
export function requestOf({ state, network }: Place, id: string | undefined): IdentityRequest | null {
  const request = state.identityRequests.get(id ?? '');
  return request?.network === network.path ? request : null;
}

/** Links a person to somebody whom the provider knows; null says that the person has switched it off. */
export function link(place: Place, user: User, provider: string, identity: Identity | null): void {
  user.identityLinks = user.identityLinks.filter((each) => each.provider !== provider);
  user.identityLinks.push({
    id: numericId(place.state.ids, place.state.ids.nextUuid('cyclos identity link')),
    provider,
    identity,
    at: place.state.clock.now(),
  });
}

/**
 * IdentityProviderCallbackResult: what comes of it that the provider named `identity`, or nobody because the person denied it.
 * A match is signed in.
 */
export function callbackResult(
  place: Place,
  asked: IdentityRequest,
  identity: Identity | null,
  request: FastifyRequest,
): Record<string, unknown> {
  const { network } = place;
  const provider = providerOf(network, asked.provider);
  const answer = (status: string, more: Record<string, unknown> = {}) => ({
    identityProvider: providerView(provider),
    requestId: asked.id,
    status,
    ...more,
  });
  if (!identity) return answer('denied');
  const linked = network.users.find((user) =>
    user.identityLinks.some(
      (each) => each.provider === provider.internalName && each.identity?.subject === identity.subject,
    ),
  );
  if (asked.userId) {
    const user = network.users.find((each) => each.id === asked.userId);
    if (!user || (linked && linked !== user)) {
      return answer('error', { errorMessage: `${provider.name} is linked to somebody else` });
    }
    link(place, user, provider.internalName, identity);
    return answer('linked');
  }
  const byMail = network.users.find((user) => user.email === identity.email);
  const user = linked ?? byMail;
  if (!user) {
    asked.unmatched = identity;
    return answer(identity.email ? 'loginNoMatch' : 'loginNoEmail');
  }
  const isOff = user.identityLinks.some(
    (each) => each.provider === provider.internalName && each.identity === null,
  );
  if (isOff || user.status !== 'active' || user.refusal) {
    return answer('error', { errorMessage: `This person can’t sign in by ${provider.name}` });
  }
  if (!linked) link(place, user, provider.internalName, identity);
  const principalType = 'email';
  const session = openSession(place, { user, client: null, principalType, principal: user.email }, request, {
    channel: 'main',
    timeout: null,
    secondPending: user.second !== null,
  });
  return answer(linked ? 'loginLink' : 'loginEmail', { sessionToken: session.token });
}
