import { EventEmitter } from 'node:events';
import { openPracticeServer } from '../common/server.ts';
import type { PracticePerson, PracticeServer } from '../common/types.ts';
import { checkPings } from './log-in.ts';
import { answerRefusals } from './refuse.ts';
import { addPhoneRoutes } from './routes-phone.ts';
import { addRoleRoutes } from './routes-roles.ts';
import { addServerRoutes } from './routes-servers.ts';
import { addSessionRoutes } from './routes-sessions.ts';
import { addUserRoutes } from './routes-users.ts';
import { seed } from './seed.ts';
import type { NextAuthOptions, NextAuthState } from './state.ts';
import { addWebsocket } from './websocket.ts';

export type { NextAuthOptions } from './state.ts';

const QR_SECONDS = 60;
const PING_SECONDS = 120;
const USERS = 200;
/** How often missed pings are looked for, ms. */
const PING_CHECK = 500;

/** Starts a practice nextAuth on 127.0.0.1, with two virtual servers and the phone page at /phone. */
export async function startNextAuth(options: NextAuthOptions): Promise<PracticeServer> {
  const state: NextAuthState = {
    clock: options.clock,
    ids: options.ids,
    qrTime: (options.qrSeconds ?? QR_SECONDS) * 1000,
    servers: [],
    keys: [],
    grants: [],
    approvals: [],
    enrolments: new Map(),
    signals: new EventEmitter<NextAuthState['signals'] extends EventEmitter<infer T> ? T : never>(),
    wsurl: '',
  };
  seed(state, options.pingSeconds ?? PING_SECONDS, options.users ?? USERS);
  const pings = setInterval(() => checkPings(state), PING_CHECK);
  pings.unref();
  let closeSockets = async () => {};
  const server = await openPracticeServer(options, {
    vendor: 'nextauth',
    basePath: '',
    routes(app) {
      // getQrLogin takes an optional body on a GET.
      app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
      answerRefusals(app);
      addSessionRoutes(app, state);
      addServerRoutes(app, state);
      addUserRoutes(app, state);
      addRoleRoutes(app, state);
      addPhoneRoutes(app, state);
      closeSockets = addWebsocket(app.server, state, options.websocket ?? true);
    },
    people(url) {
      state.wsurl = `${url.replace(/^http/, 'ws')}/ws`;
      return people(state, url);
    },
    sessions: () => sessionRows(state),
    async close() {
      clearInterval(pings);
      await closeSockets();
    },
  });
  return { ...server, phoneUrl: `${server.origin}/phone` };
}

function people(state: NextAuthState, baseUrl: string): PracticePerson[] {
  const [front, back] = state.servers;
  const person = (label: string, key: string, server = front!, roleOf?: string): PracticePerson => {
    const { apikey } = state.keys.find((each) => each.description === key)!;
    const role = roleOf ? state.keys.find((each) => each.description === roleOf)!.role : null;
    const realm = { id: server.serverid, name: server.serverName };
    return {
      label: `${server.serverName}: ${label}`,
      identity: server.serverName,
      apiKey: apikey,
      realm,
      note: notes[key] ?? '',
      account: {
        values: { baseUrl, serverId: server.serverid, apiKey: apikey, ...(role ? { roleId: role } : {}) },
        realm,
      },
    };
  };
  return [
    person('Desk key', 'Desk'),
    person('Desk key', 'Desk', back),
    person('Sign-in only key', 'Sign-in only'),
    person('Back office key', 'Back office only', back),
    person('Key of another server', 'Back office only', front),
    person('Root key acting as the desk', 'Root', front, 'Desk'),
    person('Key without rights', 'No rights'),
  ];
}

const notes: Record<string, string> = {
  Desk: 'Sessions, users, accounts and servers: everything that a desk needs. Scan with the phone page.',
  'Sign-in only': 'Sessions alone: QR and push, no directory, and no websocket address.',
  'Back office only': 'Good for the Back office and refused at the Front door.',
  Root: 'Global rights; acts for the desk’s role by X-su.',
  'No rights': 'A good key whose role may do nothing.',
};

/** The nonces that are logged in or wait for it; the vendor itself has no such list. */
function sessionRows(state: NextAuthState) {
  return state.servers.flatMap((server) =>
    [...server.sessions.values()]
      .filter((session) => !session.over)
      .map((session) => ({
        id: session.nonce,
        person: server.accounts.find((account) => account.id === session.accountId)?.userid ?? '',
        realm: server.serverid,
        state: session.accountId === null ? ('pending' as const) : ('active' as const),
        userAgent: session.userAgent,
        createdAt: session.createdAt,
        signedInAt: session.signedInAt,
        expiresAt: null,
      })),
  );
}
