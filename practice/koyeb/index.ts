import type { FastifyInstance } from 'fastify';
import { openPracticeServer } from '../common/server.ts';
import type { PracticeOptions, PracticeServer } from '../common/types.ts';
import { addErrors, invalid } from './answers.ts';
import { addProviderPages } from './oauth.ts';
import { addAccountRoutes } from './routes-account.ts';
import { addCredentialRoutes } from './routes-credentials.ts';
import { addInvitationRoutes } from './routes-invitations.ts';
import { addOAuthRoutes } from './routes-oauth.ts';
import { addOrganizationRoutes } from './routes-organizations.ts';
import { addSessionRoutes } from './routes-session.ts';
import { peopleOf, seedState } from './seed.ts';

/** The document names no content type, and the vendor's own Python SDK sends its JSON without one. */
function takeUntypedJson(api: FastifyInstance): void {
  api.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    const type = request.headers['content-type'];
    if (type) return done(invalid([], 'invalid_argument', `Bodies are JSON, not ${type}.`), undefined);
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(invalid([], 'invalid_argument', 'The body is not JSON.'), undefined);
    }
  });
}

/** A Koyeb account API for practice, after the vendor's Swagger document "Koyeb Rest API" 1.0.0. */
export async function startKoyeb(options: PracticeOptions): Promise<PracticeServer> {
  const state = seedState(options);
  return openPracticeServer(options, {
    vendor: 'koyeb',
    basePath: '',
    routes(api) {
      addErrors(api);
      takeUntypedJson(api);
      addSessionRoutes(api, state);
      addOAuthRoutes(api, state);
      addAccountRoutes(api, state);
      addOrganizationRoutes(api, state);
      addCredentialRoutes(api, state);
      addInvitationRoutes(api, state);
    },
    outside: (app) => addProviderPages(app, state),
    people: (url) => peopleOf(options, url),
    sessions: () =>
      [...state.tokens.values()]
        .filter((token) => token.expiresAt > state.now())
        .map((token) => ({
          id: token.id,
          person: state.users.get(token.userId)?.email ?? '',
          realm: token.organizationId,
          state: 'active',
          ...{ userAgent: token.userAgent, createdAt: token.createdAt, expiresAt: token.expiresAt },
        })),
  });
}
