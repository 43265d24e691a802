import type { FastifyInstance } from 'fastify';
import { authView, userView } from './auth-view.ts';
import { callerOf, signedIn } from './callers.ts';
import { dataForLogin } from './data-for-login.ts';
import { missingParameter } from './faults.ts';
import { answerPage } from './paging.ts';
import { eventKinds } from './push.ts';
import { knownIn, listIn, periodIn, type Query, textIn } from './query.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { type Place, userById } from './state.ts';

/** What a front end asks for first, what the server tells by itself, and alerts. */
export function addDeskRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;
  const newer = state.generation === '4.16';

  api.get('/ui/data-for-ui', { config: { operation: 'dataForUi' } }, async (request) => {
    const caller = callerOf(place, request);
    return {
      ...(newer ? { applicationName: network.name } : {}),
      cyclosVersion: newer ? '4.16.18' : '4.11.5',
      currentClientTime: new Date(state.clock.now()).toISOString(),
      rootUrl: `${request.protocol}://${request.host}${network.path ? `/${network.path}` : ''}`,
      ...(caller ? { auth: authView(place, caller) } : { dataForLogin: dataForLogin(place) }),
    };
  });

  if (!newer) return;

  api.get(
    '/push/subscribe',
    { config: { operation: 'subscribeForPushNotifications' } },
    async (request, reply) => {
      const query = request.query as Query;
      const caller = callerOf(place, request);
      const client = textIn(query, 'clientId');
      if (client === undefined) throw missingParameter('clientId');
      const kinds = knownIn(place, query, 'kinds', eventKinds);
      if (kinds.length === 0) throw missingParameter('kinds');
      const about = ['deviceConfirmationId', 'identityProviderRequestId'].flatMap(
        (name) => textIn(query, name) ?? [],
      );
      const name = `${network.path}/${caller?.user.id ?? 'guest'}/${client}`;
      const stream = state.push.subscribe(name, kinds, about);
      return reply.header('cache-control', 'no-store').type('text/event-stream; charset=utf-8').send(stream);
    },
  );

  api.get('/alerts/user', { config: { operation: 'searchUserAlerts' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    need(caller, 'alerts.view');
    const query = request.query as Query;
    const types = listIn(place, query, 'types');
    const [begin, end] = periodIn(place, query, 'datePeriod');
    const asked = textIn(query, 'user');
    const wanted = asked === undefined ? null : reachedUser(place, caller, asked, 'alerts.view');
    const rows = state.alerts.filter((alert) => {
      const user = userById(place, alert.userId);
      if (alert.network !== network.path || !user || !mayReach(caller, user)) return false;
      if (wanted && user.id !== wanted.id) return false;
      if (begin !== null && alert.at < begin) return false;
      if (end !== null && alert.at > end) return false;
      return types.length === 0 || types.includes(alert.type);
    });
    return answerPage(place, reply, query, rows, (alert) => ({
      id: alert.id,
      date: new Date(alert.at).toISOString(),
      text: alert.text,
      type: alert.type,
      user: userView(place, userById(place, alert.userId)!),
    }));
  });
}
