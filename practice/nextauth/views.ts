import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { accountOn, provocable } from './log-in.ts';
import type { Account, Session, UserContext, VirtualServer } from './model.ts';
import { Refusal } from './refuse.ts';
import { type NextAuthState, payloadOf } from './state.ts';

const sessionInfo = z.object({
  ip: z.string().optional(),
  useragent: z.string().optional(),
  logo: z.string().optional(),
  info: z.unknown().optional(),
});
const userContext = z.object({ sessioninfo: sessionInfo.optional(), announceinfo: sessionInfo.optional() });

/** The UserContext of a body; none is fine, a wrong one is 400. */
export function contextOf(request: FastifyRequest): UserContext {
  if (request.body === undefined || request.body === null || request.body === '') return {};
  const parsed = userContext.safeParse(request.body);
  if (!parsed.success) throw new Refusal(400, 'The user context has the wrong form');
  return parsed.data;
}

/** LoginStatus. */
export function loginStatus(state: NextAuthState, server: VirtualServer, session: Session) {
  const account = accountOn(server, session);
  return {
    loggedin: account !== null,
    ...(account?.userid ? { userid: account.userid } : {}),
    ...(account ? { accountid: account.id, pk: account.pk } : {}),
    canprovoke: provocable(server, session) !== null,
    ...(account ? {} : { loginqrdata: Buffer.from(payloadOf(state, server, session)).toString('base64') }),
    hsid: session.hsid,
  };
}

/** Account, as the API gives it. */
export function accountView(account: Account) {
  const { id, description, userid, blocked, clientVersion, created, lastlogin, lastprovoke } = account;
  return {
    id,
    description,
    ...(userid ? { userid } : {}),
    blocked,
    clientVersion,
    created,
    ...(lastlogin ? { lastlogin } : {}),
    ...(lastprovoke ? { lastprovoke } : {}),
  };
}

/** Server. */
export function serverView(state: NextAuthState, server: VirtualServer) {
  const {
    serverid,
    serverName,
    serverpk,
    logo,
    pinTimeout,
    pinTransTimeout,
    pingTime,
    serverFlags,
    owner,
    siteurl,
  } = server;
  return {
    serverid,
    serverName,
    serverpk,
    logo,
    pinTimeout,
    pinTransTimeout,
    pingTime,
    serverFlags,
    accountCount: server.accounts.length,
    lastLogin: Math.max(0, ...server.accounts.map((account) => account.lastlogin)),
    owner,
    siteurl,
    wsurl: state.wsurl,
    appname: 'Practice phone',
  };
}

/** User, with what its accounts sum up to. */
export function userView(server: VirtualServer, userid: string) {
  const own = server.accounts.filter((account) => account.userid === userid);
  const lastlogin = Math.max(0, ...own.map((account) => account.lastlogin));
  return { userid, numberaccounts: own.length, ...(lastlogin ? { lastlogin } : {}) };
}
