import type { FastifyInstance } from 'fastify';
import { authView, userView } from './auth-view.ts';
import { callerOf, signedIn, signingIn } from './callers.ts';
import { invalid, missingParameter } from './faults.ts';
import { chosenFields, listOf } from './fields.ts';
import { answerPage, type Query } from './paging.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { type Place, userById } from './state.ts';

/** Agreements, alerts, and what a front end asks for first. */
export function addDeskRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;

  api.get('/agreements/pending', { config: { operation: 'listPendingAgreements' } }, async (request) => {
    const { user } = signingIn(place, request, 'agreements');
    const pending = network.agreements.filter((agreement) => user.pendingAgreements.includes(agreement.id));
    return chosenFields(pending, listOf((request.query as Query).fields));
  });

  api.post(
    '/agreements/accept',
    { config: { operation: 'acceptPendingAgreement' } },
    async (request, reply) => {
      const { user } = signingIn(place, request, 'agreements');
      const keys = listOf((request.query as Query).agreements);
      if (keys.length === 0) throw missingParameter('agreements');
      const accepted = keys.map((key) => {
        const found = network.agreements.find((each) => each.id === key || each.internalName === key);
        if (!found) throw invalid({ agreements: 'There is no such agreement' });
        return found.id;
      });
      user.pendingAgreements = user.pendingAgreements.filter((id) => !accepted.includes(id));
      return empty(reply, 204);
    },
  );

  api.get('/ui/data-for-ui', { config: { operation: 'dataForUi' } }, async (request) => ({
    applicationName: network.name,
    cyclosVersion: state.generation === '4.11' ? '4.11.5' : '4.16.18',
    auth: authView(place, callerOf(place, request)),
  }));

  if (state.generation === '4.11') return;

  api.get('/alerts/user', { config: { operation: 'searchUserAlerts' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    need(caller, 'alerts.view');
    const query = request.query as Query;
    const types = listOf(query.types);
    const period = listOf(query.datePeriod).map((text) => Date.parse(text));
    const wanted =
      query.user === undefined ? null : reachedUser(place, caller, String(query.user), 'alerts.view');
    const rows = state.alerts.filter((alert) => {
      const user = userById(place, alert.userId);
      if (alert.network !== network.path || !user || !mayReach(caller, user)) return false;
      if (wanted && user.id !== wanted.id) return false;
      if (period[0] && alert.at < period[0]) return false;
      if (period[1] && alert.at > period[1]) return false;
      return types.length === 0 || types.includes(alert.type);
    });
    return answerPage(reply, query, rows, (alert) => ({
      id: alert.id,
      date: new Date(alert.at).toISOString(),
      text: alert.text,
      type: alert.type,
      user: userView(place, userById(place, alert.userId)!),
    }));
  });
}
