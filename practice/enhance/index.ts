import { z } from 'zod';
import { escapeHtml, page } from '../common/page.ts';
import { openPracticeServer } from '../common/server.ts';
import type { PracticePerson, PracticeServer } from '../common/types.ts';
import { addErrors } from './answers.ts';
import { sessionOf } from './caller.ts';
import { addInviteRoutes } from './routes-invites.ts';
import { addLockdownRoutes } from './routes-lockdown.ts';
import { addLoginRoutes } from './routes-logins.ts';
import { addMemberRoutes } from './routes-members.ts';
import { addOrgRoutes } from './routes-orgs.ts';
import { addOwnLoginRoutes } from './routes-own-login.ts';
import { addPolicyRoutes } from './routes-policy.ts';
import { addPublicRoutes } from './routes-public.ts';
import { addRecoveryRoutes } from './routes-recovery.ts';
import { addSignInRoutes } from './routes-sign-in.ts';
import { addTokenRoutes } from './routes-tokens.ts';
import { orgId, seededToken, seedState } from './seed.ts';
import { SEEDED_LOGINS, SEEDED_ORGS } from './seed-data.ts';
import type { EnhanceState } from './state.ts';
import type { EnhanceOptions } from './types.ts';

/**
 * An Enhance control panel for practice, after OpenAPI 12.21.3. The realm is decided by `realmId`, else by the host:
 * 127.0.0.1 is Northwind Hosting, localhost with the same port is Reseller EU.
 */
export async function startEnhance(options: EnhanceOptions): Promise<PracticeServer> {
  const state = seedState(options);
  if (options.lockout) state.lockout.status = options.lockout;
  return openPracticeServer(options, {
    vendor: 'enhance',
    basePath: '/api',
    routes(api) {
      addErrors(api);
      for (const add of [
        addSignInRoutes,
        addOwnLoginRoutes,
        addRecoveryRoutes,
        addLoginRoutes,
        addOrgRoutes,
        addMemberRoutes,
        addTokenRoutes,
        addPolicyRoutes,
        addLockdownRoutes,
        addInviteRoutes,
        addPublicRoutes,
      ])
        add(api, state);
    },
    outside(app) {
      app.post('/__practice/enhance/lockout', async (request, reply) => {
        const status = z.union([z.literal(401), z.literal(403), z.literal(429)]);
        state.lockout.status = z.object({ status }).parse(request.body).status;
        return reply.code(204).send();
      });
      app.post('/__practice/enhance/suspension', async (request, reply) => {
        const body = z.object({ organisation: z.string(), suspended: z.boolean() }).parse(request.body);
        const org = [...state.orgs.values()].find(({ name }) => name === body.organisation);
        if (!org) return reply.code(404).send();
        org.suspendedBy = body.suspended ? state.masterId : null;
        return reply.code(204).send();
      });
      app.get<{ Params: { login: string } }>('/avatars/:login', (request, reply) => {
        const avatar = state.book.login(request.params.login)?.avatar;
        if (avatar) reply.type(avatar.type).send(avatar.bytes);
        else reply.code(404).send();
      });
      // Like the real panel: any other path is the web interface, with status 200.
      app.setNotFoundHandler((request, reply) => {
        const session = sessionOf(state, request);
        const login = session?.state === 'active' ? state.book.login(session.loginId) : null;
        const who = login ? `Signed in as ${login.name} (${login.email}).` : 'Nobody is signed in here.';
        const body = `<h1>Northwind Hosting</h1><p>${escapeHtml(who)}</p>
<p>This is a practice control panel. Its API is under /api.</p>`;
        reply.code(200).type('text/html; charset=utf-8').send(page('Northwind Hosting', body));
      });
    },
    people: (url) => peopleOf(state, url),
    sessions: () =>
      [...state.sessions.values()]
        .filter((session) => session.until > state.now())
        .map((session) => {
          const login = state.book.login(session.loginId);
          return {
            id: session.id,
            person: login?.email ?? '',
            realm: login?.realmId ?? null,
            ...{ state: session.state, userAgent: session.userAgent },
            ...{ createdAt: session.createdAt, expiresAt: session.until },
          };
        }),
  });
}

function peopleOf(state: EnhanceState, url: string): PracticePerson[] {
  const { ids } = state.options;
  const people = SEEDED_LOGINS.map((seeded): PracticePerson => {
    const realm = { id: orgId(ids, seeded.realm), name: SEEDED_ORGS[seeded.realm]!.name };
    const totpSecret = seeded.authMethod === 'otp' ? ids.authenticatorSecret(seeded.key) : undefined;
    return {
      label: seeded.name,
      identity: seeded.email,
      password: seeded.password,
      ...(totpSecret && { totpSecret }),
      realm,
      note: seeded.note,
      account: {
        values: {
          ...{ baseUrl: url, way: 'password', email: seeded.email, password: seeded.password },
          ...(totpSecret && { authenticatorSecret: totpSecret }),
        },
        // At this host the master realm is chosen anyway.
        realm: seeded.realm === 'northwind' ? null : realm,
      },
    };
  });
  const token = seededToken(ids);
  people.push({
    label: 'Support desk token',
    identity: 'access token',
    apiKey: token,
    note: 'An access token of Northwind Hosting with the role SuperAdmin; no sign-in, no session to end.',
    account: { values: { baseUrl: url, way: 'token', token }, realm: null },
  });
  return people;
}
