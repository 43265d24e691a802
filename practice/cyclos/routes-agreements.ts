import type { FastifyInstance } from 'fastify';
import { acceptedBy, agreementOf, agreementView, writeAgreement } from './agreements.ts';
import { userView } from './auth-view.ts';
import { signedIn, signingIn } from './callers.ts';
import { notFound } from './faults.ts';
import { listIn, type Query, wholeNumber } from './query.ts';
import { reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import type { Place } from './state.ts';

/** Agreements: what is still to be accepted, what they say (4.16), and who has accepted what (4.16). */
export function addAgreementRoutes(api: FastifyInstance, place: Place): void {
  const { network } = place;

  api.get('/agreements/pending', { config: { operation: 'listPendingAgreements' } }, async (request) => {
    const { user } = signingIn(place, request, 'agreements');
    return network.agreements
      .filter((agreement) => user.pendingAgreements.includes(agreement.id))
      .map((agreement) => agreementView(place, agreement));
  });

  api.post(
    '/agreements/accept',
    { config: { operation: 'acceptPendingAgreement' } },
    async (request, reply) => {
      const { user } = signingIn(place, request, 'agreements');
      const accepted = listIn(place, request.query as Query, 'agreements').map((key) =>
        agreementOf(network, key),
      );
      for (const agreement of accepted) writeAgreement(place, user, agreement, true, request.ip);
      return empty(reply, 204);
    },
  );

  if (place.state.generation === '4.11') return;

  api.post(
    '/agreements/optional',
    { config: { operation: 'acceptOptionalAgreements' } },
    async (request, reply) => {
      const { user } = signedIn(place, request);
      const wanted = listIn(place, request.query as Query, 'agreements').map((key) =>
        agreementOf(network, key),
      );
      const accepted = acceptedBy(network, user).map((entry) => entry.agreementId);
      for (const agreement of network.agreements.filter((each) => !each.required)) {
        const now = wanted.includes(agreement);
        if (now !== accepted.includes(agreement.id)) writeAgreement(place, user, agreement, now, request.ip);
      }
      return empty(reply, 204);
    },
  );

  api.get<{ Params: { key: string } }>(
    '/agreements/:key/content',
    { config: { operation: 'getAgreementContent' } },
    async (request) => {
      const agreement = agreementOf(network, request.params.key);
      const last = agreement.versions.length;
      const version = wholeNumber(request.query as Query, 'version', last);
      const content = agreement.versions[version - 1];
      if (content === undefined) throw notFound('AgreementContent', String(version));
      return {
        agreement: agreementView(place, agreement),
        content,
        contentVersion: version,
        lastVersion: last,
      };
    },
  );

  api.get<{ Params: { user: string } }>(
    '/:user/agreements',
    { config: { operation: 'getUserAgreements' } },
    async (request) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'users.search');
      const self = user.id === caller.user.id;
      const viewOf = (id: string) => agreementView(place, agreementOf(network, id));
      return {
        user: userView(place, user),
        agreements: network.agreements.map((agreement) => agreementView(place, agreement)),
        accepted: Object.fromEntries(
          acceptedBy(network, user).map(({ agreementId, at, version }) => [
            agreementId,
            { date: new Date(at).toISOString(), acceptedVersion: version },
          ]),
        ),
        canEdit: self,
        history: user.agreementLog.toReversed().map((entry) => ({
          id: entry.id,
          agreement: viewOf(entry.agreementId),
          date: new Date(entry.at).toISOString(),
          acceptedVersion: entry.version,
          accepted: entry.accepted,
          ...(self ? {} : { remoteAddress: entry.remoteAddress }),
        })),
      };
    },
  );
}
