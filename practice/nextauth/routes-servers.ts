import type { FastifyInstance } from 'fastify';
import { needGlobal, permissionsOf, roleOf, serverOf } from './access.ts';
import { page, passes, type Query } from './lists.ts';
import { checkPings } from './log-in.ts';
import type { Account, Permission, VirtualServer } from './model.ts';
import { Refusal } from './refuse.ts';
import type { NextAuthState } from './state.ts';
import { accountView, serverView } from './views.ts';

/** Servers and the accounts (devices) on them. */
export function addServerRoutes(app: FastifyInstance, state: NextAuthState): void {
  app.get('/servers/', { config: { operation: 'getServers' } }, async (request) => {
    const role = roleOf(state, request);
    const mine = state.servers.filter((server) => {
      const held = permissionsOf(state, role, server.serverid);
      return held.has('servers') || held.has('root');
    });
    if (mine.length === 0) needGlobal(state, request, ['servers']);
    const { rows, totalnumber } = page(
      mine.map((server) => serverView(state, server)),
      request.query as Query,
    );
    return { servers: rows, totalnumber };
  });

  app.get('/servers/:serverid/', { config: { operation: 'getServer' } }, async (request) =>
    serverView(state, serverOf(state, request, ['servers', 'createserver'])),
  );

  const accounts = '/servers/:serverid/accounts/';
  app.get(accounts, { config: { operation: 'getAccounts' } }, async (request) => {
    const server = serverOf(state, request, ['accounts']);
    const query = request.query as Query;
    const all = server.accounts.map(accountView).filter((account) => passes(account, query.filter));
    const { rows, totalnumber } = page(all, query);
    return { accounts: rows, totalnumber };
  });

  const one = (request: Parameters<typeof serverOf>[1], anyOf: Permission[]) => {
    const server = serverOf(state, request, anyOf);
    const { accountid } = request.params as { accountid: string };
    const account = server.accounts.find((each) => String(each.id) === accountid);
    if (!account) throw new Refusal(404, 'Unknown account');
    return { server, account };
  };

  app.get(`${accounts}:accountid/`, { config: { operation: 'getAccount' } }, async (request) =>
    accountView(one(request, ['sessions', 'accounts']).account),
  );

  app.put(`${accounts}:accountid/`, { config: { operation: 'updateAccount' } }, async (request) => {
    const { account } = one(request, ['accounts']);
    const { blocked } = request.query as Query;
    if (blocked !== 'true' && blocked !== 'false') throw new Refusal(400, 'blocked is true or false');
    account.blocked = blocked === 'true';
    checkPings(state);
    return accountView(account);
  });

  app.delete(`${accounts}:accountid/`, { config: { operation: 'deleteAccount' } }, async (request, reply) => {
    const { server, account } = one(request, ['accounts']);
    removeAccounts(state, server, [account]);
    return reply.send();
  });

  app.put(`${accounts}:accountid/user`, { config: { operation: 'updateAccountUser' } }, async (request) => {
    const { server, account } = one(request, ['accounts']);
    const { userid } = request.query as Query;
    if (!userid || userid.length > 200) throw new Refusal(403, 'Bad user name');
    if (!server.users.has(userid)) server.users.set(userid, {});
    account.userid = userid;
    return accountView(account);
  });
}

/** Takes app instances away; sessions that they had are logged out. */
export function removeAccounts(state: NextAuthState, server: VirtualServer, gone: Account[]): void {
  server.accounts = server.accounts.filter((account) => !gone.includes(account));
  state.approvals = state.approvals.filter(
    (approval) => !gone.some((account) => account.id === approval.accountId),
  );
  checkPings(state);
}
