import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml, page } from '../common/page.ts';
import { userView } from './auth-view.ts';
import { callerOf, signedIn } from './callers.ts';
import { Fault, forbidden, notFound } from './faults.ts';
import { callbackResult, link, providerOf, providerView, requestOf } from './identity.ts';
import type { IdentityRequest } from './model.ts';
import { flag, type Query, textIn } from './query.ts';
import { reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import type { Place } from './state.ts';

const COOKIE = 'Identity-Request';

interface OfProvider {
  Params: { provider: string };
}
interface OfUser {
  Params: { user: string };
}

/** Signing in by an identity provider, linking one, and the links of a person; none of it is in 4.11. */
export function addIdentityRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;
  if (state.generation === '4.11') return;

  const prepare = (request: FastifyRequest<OfProvider>, userId: string | null) => {
    const provider = providerOf(network, request.params.provider);
    const id = state.ids.nextToken('cyclos identity request', 24);
    state.identityRequests.set(id, {
      id,
      network: network.path,
      provider: provider.internalName,
      userId,
      unmatched: null,
    });
    const base = `${request.protocol}://${request.host}${api.prefix}`;
    return {
      identityProvider: providerView(provider),
      requestId: id,
      url: `${base}/identity-providers/redirect/${id}`,
    };
  };

  api.post<OfProvider>(
    '/identity-providers/:provider/login',
    { config: { operation: 'prepareIdentityProviderLogin' } },
    async (request) => {
      if (callerOf(place, request)) throw forbidden('illegalAction');
      return prepare(request, null);
    },
  );

  api.post<OfProvider>(
    '/identity-providers/:provider/link',
    { config: { operation: 'prepareIdentityProviderLink' } },
    async (request) => {
      const { session, user } = signedIn(place, request);
      if (!session) throw forbidden('illegalAction');
      return prepare(request, user.id);
    },
  );

  api.get<{ Params: { id: string } }>(
    '/identity-providers/redirect/:id',
    { config: { operation: 'identityProviderRedirect' } },
    async (request, reply) => {
      const asked = requestOf(place, request.params.id);
      if (!asked) throw notFound('IdentityProviderRequest', request.params.id);
      reply.setCookie(COOKIE, asked.id, { path: api.prefix, httpOnly: true, sameSite: 'lax' });
      return redirect(reply, providerPage(request, asked));
    },
  );

  api.get(
    '/identity-providers/callback',
    { config: { operation: 'identityProviderCallback' } },
    async (request, reply) => {
      const query = request.query as Query;
      const asked = requestOf(place, textIn(query, 'state'));
      // The window that comes back has to be the one that was sent away.
      if (!asked || request.cookies[COOKIE] !== asked.id)
        throw notFound('IdentityProviderRequest', String(query.state));
      const { identities } = providerOf(network, asked.provider);
      const identity = identities.find((each) => each.subject === textIn(query, 'code')) ?? null;
      const result = callbackResult(place, asked, identity, request);
      if (!asked.unmatched) state.identityRequests.delete(asked.id);
      state.push.send('identityProviderCallback', asked.id, result);
      reply.clearCookie(COOKIE, { path: api.prefix });
      return html(
        reply,
        page('Done', '<h1>Done</h1><p>This window can be closed.</p>', '/__practice/close.js'),
      );
    },
  );

  api.get<OfUser>(
    '/:user/identity-providers/list-data',
    { config: { operation: 'getUserIdentityProvidersListData' } },
    async (request) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'devices.manage');
      return {
        user: userView(place, user),
        canLink: user.id === caller.user.id,
        canEdit: true,
        identityProviders: user.identityLinks.map(({ id, provider, identity, at }) => ({
          id,
          identityProvider: providerView(providerOf(network, provider)),
          ...(identity
            ? {
                status: 'linked',
                linkDate: new Date(at).toISOString(),
                name: identity.name,
                ...(identity.email ? { email: identity.email } : {}),
              }
            : { status: 'disabled' }),
        })),
      };
    },
  );

  api.delete<{ Params: { user: string; provider: string } }>(
    '/:user/identity-providers/:provider',
    { config: { operation: 'deleteUserIdentityProvider' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'devices.manage');
      const { internalName } = providerOf(network, request.params.provider);
      if (!user.identityLinks.some((each) => each.provider === internalName))
        throw new Fault(409, { code: 'staleEntity' });
      if (flag(request.query as Query, 'disable')) link(place, user, internalName, null);
      else user.identityLinks = user.identityLinks.filter((each) => each.provider !== internalName);
      return empty(reply, 204);
    },
  );
}

/** Where the provider itself is: the same server under its other name, so that a browser sees another origin. */
function providerPage(request: FastifyRequest, asked: IdentityRequest): string {
  const url = new URL(`${request.protocol}://${request.host}/__practice/identity`);
  url.hostname = request.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  url.searchParams.set('state', asked.id);
  url.searchParams.set('back', request.host);
  return url.href;
}

/** The provider's page: whom to be, or not. Its links lead back to the callback on the host that sent the person here. */
export function addProviderPage(app: FastifyInstance, places: Place[]): void {
  app.get('/__practice/close.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send('window.close();'),
  );
  app.get('/__practice/identity', async (request, reply) => {
    const { state = '', back = '' } = request.query as { state?: string; back?: string };
    const place = places.find((each) => requestOf(each, state));
    const asked = place && requestOf(place, state);
    if (!asked || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(back)) return reply.code(404).send();
    const provider = providerOf(place.network, asked.provider);
    const root = `http://${back}/${place.network.path}/api/identity-providers/callback?state=${state}`;
    const way = (text: string, more: string) =>
      `<p class="card"><a href="${escapeHtml(root + more)}">${escapeHtml(text)}</a></p>`;
    const people = provider.identities.map(({ name, email, subject }) =>
      way(`Continue as ${name}${email ? ` (${email})` : ''}`, `&code=${subject}`),
    );
    const ways = [...people, way(`Don’t sign in to ${place.network.name}`, '&error=access_denied')];
    return html(reply, page(provider.name, `<h1>${escapeHtml(provider.name)}</h1>${ways.join('')}`));
  });
}

const html = (reply: FastifyReply, text: string) => reply.type('text/html; charset=utf-8').send(text);

function redirect(reply: FastifyReply, to: string) {
  const address = escapeHtml(to);
  return html(
    reply,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>One moment</title><meta http-equiv="refresh" content="0;url=${address}"><p><a href="${address}">Continue</a></p></html>`,
  );
}
