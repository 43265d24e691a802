import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml, page } from '../common/page.ts';
import { forbidden, invalid } from './answers.ts';
import { signIn } from './sign-in.ts';
import type { KoyebState } from './state.ts';
import type { OAuthAction, OAuthProviderId } from './types.ts';

/** A state is good for ten minutes. */
const STATE_LIFE = 10 * 60_000;
export const PROVIDERS: readonly OAuthProviderId[] = ['github', 'google'];
const names: Record<OAuthProviderId, string> = { github: 'Practice GitHub', google: 'Practice Google' };

/** Whom the providers know and Koyeb does not. */
const STRANGER = { name: 'Noor Haddad', email: 'noor@elsewhere.example' };

/** OAuthProvider: where the sign-in begins, and the state that it comes back with. */
export function providerView(
  state: KoyebState,
  request: FastifyRequest,
  id: OAuthProviderId,
  action: OAuthAction,
  metadata: string | undefined,
) {
  const until = state.now() + STATE_LIFE;
  const jti = state.options.ids.nextUuid('oauth state');
  const signed = state.sign({
    ...{ jti, action, exp: Math.floor(until / 1000) },
    ...(metadata === undefined ? {} : { metadata }),
  });
  state.oauthStates.set(signed, { provider: id, action, until });
  const url = new URL(`${request.protocol}://${request.host}/__practice/oauth/${id}`);
  // The same server under its other name, so that a browser sees another origin.
  url.hostname = request.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  url.searchParams.set('client_id', 'koyeb-practice');
  url.searchParams.set('redirect_uri', backAt(request.host, id));
  url.searchParams.set('state', signed);
  return { id, url: url.href, state: signed };
}

const backAt = (host: string, provider: OAuthProviderId) =>
  `http://${host}/account/oauth/${provider}/callback`;

/** Takes a provider's code, once, for a state that is good. Throws 400 for what it does not know, 403 for a locked person. */
export function redeem(state: KoyebState, given: { state: string; code: string }, request: FastifyRequest) {
  const asked = state.oauthStates.get(given.state);
  if (!asked || asked.until <= state.now())
    throw invalid([{ field: 'state', description: 'invalid or expired' }]);
  const code = state.oauthCodes.get(given.code);
  if (code?.provider !== asked.provider) throw invalid([{ field: 'code', description: 'invalid' }]);
  state.oauthStates.delete(given.state);
  state.oauthCodes.delete(given.code);
  const user = state.userByEmail(code.email);
  if (asked.action === 'signup' && user)
    throw invalid([{ field: 'email', description: `Email: '${user.email}' already used` }]);
  if (asked.action !== 'signin') throw forbidden('This OAuth2 account is not authorized to sign up');
  if (!user?.providers.includes(asked.provider)) throw invalid([{ field: 'user', description: 'not found' }]);
  if (user.locked) throw forbidden('Account is locked');
  return signIn(state, user, request);
}

interface OfProvider {
  Params: { provider: string };
}

/** The providers' own pages, and the page of Koyeb's front end that a provider sends the person back to. */
export function addProviderPages(app: FastifyInstance, state: KoyebState): void {
  const find = (id: string) => PROVIDERS.find((each) => each === id);

  app.get<OfProvider>('/__practice/oauth/:provider', async (request, reply) => {
    const provider = find(request.params.provider);
    const asked = askedOf(request, provider);
    if (!provider || !asked) return reply.code(404).send();
    const way = (text: string, to: string) =>
      `<p class="card"><a href="${escapeHtml(to)}">${escapeHtml(text)}</a></p>`;
    const known = [...state.users.values()].filter(({ providers }) => providers.includes(provider));
    const ways = [...known, STRANGER].map(({ name, email }) => {
      const query = new URLSearchParams({ ...asked, email });
      return way(`Sign in as ${name} (${email})`, `/__practice/oauth/${provider}/allow?${query}`);
    });
    const refused = { error: 'access_denied', error_description: 'The user has denied the request.' };
    const deny = way(
      'Deny',
      `${asked.redirect_uri}?${new URLSearchParams({ ...refused, state: asked.state })}`,
    );
    return html(reply, page(names[provider], `<h1>${names[provider]}</h1>${ways.join('')}${deny}`));
  });

  app.get<OfProvider>('/__practice/oauth/:provider/allow', async (request, reply) => {
    const provider = find(request.params.provider);
    const asked = askedOf(request, provider);
    if (!provider || !asked) return reply.code(404).send();
    const code = state.options.ids.nextToken('oauth code', 20);
    state.oauthCodes.set(code, { provider, email: textIn(request, 'email') });
    const query = new URLSearchParams({ code, state: asked.state });
    return reply.redirect(`${asked.redirect_uri}?${query}`);
  });

  // As the vendor's front end does, it takes the code as soon as it is there: whoever lets a browser come so far has lost it.
  app.get<OfProvider>('/account/oauth/:provider/callback', async (request, reply) => {
    const given = { state: textIn(request, 'state'), code: textIn(request, 'code') };
    redeem(state, given, request);
    return html(reply, page('Koyeb', '<h1>Signed in to Koyeb in this browser</h1>'));
  });
}

const textIn = ({ query }: FastifyRequest, name: string): string => {
  const value = (query as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
};

/** What a provider is asked; null where it would lead to somebody else's address. */
function askedOf(request: FastifyRequest, provider: OAuthProviderId | undefined) {
  const back = textIn(request, 'redirect_uri');
  const port = request.socket.localPort;
  const own = provider && [`127.0.0.1:${port}`, `localhost:${port}`].map((host) => backAt(host, provider));
  return own?.includes(back) ? { redirect_uri: back, state: textIn(request, 'state') } : null;
}

const html = (reply: FastifyReply, text: string) => reply.type('text/html; charset=utf-8').send(text);
