import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { serverOf } from './access.ts';
import { page, passes, type Query } from './lists.ts';
import type { Permission } from './model.ts';
import { Refusal } from './refuse.ts';
import { removeAccounts } from './routes-servers.ts';
import type { NextAuthState } from './state.ts';
import { accountView, userView } from './views.ts';

const attributesBody = z.record(z.string(), z.unknown());

/** Users, their devices and their attributes. */
export function addUserRoutes(app: FastifyInstance, state: NextAuthState): void {
  const users = '/servers/:serverid/users/';

  const one = (request: FastifyRequest, anyOf: Permission[]) => {
    const server = serverOf(state, request, anyOf);
    const { userid } = request.params as { userid: string };
    const attributes = server.users.get(userid);
    if (!attributes) throw new Refusal(404, 'Unknown user');
    const accounts = server.accounts.filter((account) => account.userid === userid);
    return { server, userid, attributes, accounts };
  };

  app.get(users, { config: { operation: 'getUsers' } }, async (request) => {
    const server = serverOf(state, request, ['users']);
    const query = request.query as Query;
    const search = (query.search ?? '').toLowerCase();
    const all = [...server.users]
      .filter(([userid]) => userid.toLowerCase().includes(search))
      .filter(([userid, attributes]) => passes({ ...attributes, userid }, query.filter))
      .map(([userid]) => userView(server, userid));
    const { rows, totalnumber } = page(all, query);
    return { users: rows, totalnumber };
  });

  app.delete(`${users}:userid/`, { config: { operation: 'deleteUser' } }, async (request, reply) => {
    const { server, userid, accounts } = one(request, ['users']);
    server.users.delete(userid);
    removeAccounts(state, server, accounts);
    return reply.send();
  });

  app.get(`${users}:userid/accounts`, { config: { operation: 'getUser' } }, async (request) => {
    const { accounts } = one(request, ['sessions', 'users']);
    const { rows, totalnumber } = page(accounts.map(accountView), request.query as Query);
    return { accounts: rows, totalnumber };
  });

  app.delete(
    `${users}:userid/accounts`,
    { config: { operation: 'deleteUserAccounts' } },
    async (request, reply) => {
      const { server, accounts } = one(request, ['accounts', 'users']);
      removeAccounts(state, server, accounts);
      return reply.send();
    },
  );

  const attributes = `${users}:userid/attributes/`;
  const given = (request: FastifyRequest) => {
    const parsed = attributesBody.safeParse(request.body);
    if (!parsed.success) throw new Refusal(400, 'Attributes are an object');
    return parsed.data;
  };

  app.get(attributes, { config: { operation: 'getUserAttributes' } }, async (request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(JSON.stringify(one(request, ['sessions', 'users']).attributes)),
  );
  app.post(attributes, { config: { operation: 'setUserAttributes' } }, async (request, reply) => {
    const { server, userid } = one(request, ['users']);
    server.users.set(userid, given(request));
    return reply.send();
  });
  app.put(attributes, { config: { operation: 'updateUserAttributes' } }, async (request, reply) => {
    const { server, userid, attributes: old } = one(request, ['users']);
    server.users.set(userid, { ...old, ...given(request) });
    return reply.send();
  });
  app.delete(attributes, { config: { operation: 'deleteUserAttributes' } }, async (request, reply) => {
    const { server, userid } = one(request, ['users']);
    server.users.set(userid, {});
    return reply.send();
  });
}
