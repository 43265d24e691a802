import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toBuffer } from 'qrcode';
import { z } from 'zod';
import { serverOf, sessionOfNonce } from './access.ts';
import type { Query } from './lists.ts';
import { accountOn, checkPings, logOut, provocable } from './log-in.ts';
import type { Permission } from './model.ts';
import { push } from './provoke.ts';
import { Refusal } from './refuse.ts';
import { base64url, type NextAuthState, payloadOf, sameId } from './state.ts';
import { contextOf, loginStatus } from './views.ts';

const transactionBody = z.object({
  amount: z.string().optional(),
  benificiary: z.string().optional(),
  description: z.string().optional(),
});

/** The session of a nonce: its state, its QR code, pushes, logout, enrolment and transactions. */
export function addSessionRoutes(app: FastifyInstance, state: NextAuthState): void {
  const at = '/servers/:serverid';
  const open = (request: FastifyRequest, anyOf: Permission[] = ['sessions']) => {
    const server = serverOf(state, request, anyOf);
    return { server, session: sessionOfNonce(state, server, request) };
  };

  app.get(`${at}/sessions/qr/login`, { config: { operation: 'getQrLogin' } }, async (request, reply) => {
    const { server, session } = open(request);
    session.context = contextOf(request);
    return sendQr(reply, payloadOf(state, server, session), request.query as Query);
  });

  app.get(`${at}/sessions/`, { config: { operation: 'getSession' } }, async (request) => {
    const { server, session } = open(request);
    checkPings(state);
    return loginStatus(state, server, session);
  });

  app.post(`${at}/sessions/logout`, { config: { operation: 'logout' } }, async (request, reply) => {
    const { server, session } = open(request);
    logOut(state, server, session);
    return reply.send();
  });

  app.post(
    `${at}/sessions/provokelogin`,
    { config: { operation: 'provokeLogin' } },
    async (request, reply) => {
      const { server, session } = open(request);
      const account = provocable(server, session);
      // Without an earlier login there is nobody to push to; the answer does not tell.
      push(state, server, session, account ? [account] : [], contextOf(request));
      return reply.send();
    },
  );

  app.post(
    `${at}/accounts/:accountid/provokelogin`,
    { config: { operation: 'provokeLoginOnAccount' } },
    async (request, reply) => {
      const { server, session } = open(request, ['sessions', 'accounts']);
      const { accountid } = request.params as { accountid: string };
      const account = server.accounts.find((each) => String(each.id) === accountid);
      if (!account) throw new Refusal(404, 'Unknown account');
      push(state, server, session, [account], contextOf(request));
      return reply.send();
    },
  );

  app.post(
    `${at}/users/:userid/provokelogin`,
    { config: { operation: 'provokeLoginOnUser' } },
    async (request, reply) => {
      const { server, session } = open(request, ['sessions', 'users']);
      const { userid } = request.params as { userid: string };
      if (!server.users.has(userid)) throw new Refusal(404, 'Unknown user');
      const own = server.accounts.filter((account) => account.userid === userid);
      push(state, server, session, own, contextOf(request));
      return reply.send();
    },
  );

  app.post(
    `${at}/sessions/registeruser`,
    { config: { operation: 'registerUser' } },
    async (request, reply) => {
      const { server, session } = open(request, ['users']);
      const { userid } = request.query as Query;
      if (!userid) throw new Refusal(400, 'userid is missing');
      const account = accountOn(server, session);
      if (!account) throw new Refusal(403, 'No account on this session');
      if (!server.users.has(userid)) server.users.set(userid, {});
      account.userid = userid;
      return reply.send();
    },
  );

  app.get(`${at}/sessions/qr/enrol`, { config: { operation: 'getQrEnrol' } }, async (request, reply) => {
    const { server, session } = open(request);
    const { name, userid } = request.query as Query;
    if (!name) throw new Refusal(400, 'name is missing');
    const payload = `nextauth://enrol/${base64url(server.serverid)}/${state.ids.nextToken('nextauth enrol', 32)}`;
    const { nonce } = session;
    state.enrolments.set(payload, { serverid: server.serverid, nonce, name, userid: userid ?? '' });
    return sendQr(reply, payload, request.query as Query);
  });

  app.post(`${at}/sessions/transactions`, { config: { operation: 'createTransaction' } }, async (request) => {
    const { server, session } = open(request);
    if (session.accountId === null) throw new Refusal(403, 'No account on this session');
    const body = transactionBody.safeParse(request.body);
    if (!body.success) throw new Refusal(400, 'The transaction has the wrong form');
    const { amount = '', benificiary = '', description = '' } = body.data;
    const tid = Buffer.from(state.ids.nextUuid('nextauth transaction')).toString('base64');
    server.transactions.set(tid, {
      tid,
      nonce: session.nonce,
      amount,
      benificiary,
      description,
      tstatus: '0',
    });
    return { tid };
  });

  app.get(
    `${at}/transactions/:transactionid`,
    { config: { operation: 'getTransaction' } },
    async (request) => {
      const server = serverOf(state, request, ['sessions']);
      const { transactionid } = request.params as { transactionid: string };
      const found = [...server.transactions.values()].find((each) => sameId(each.tid, transactionid));
      if (!found) throw new Refusal(404, 'Unknown transaction');
      return { tstatus: found.tstatus };
    },
  );
}

/** A PNG of `s` pixels (500 when absent) with `img=png`, otherwise the payload itself. */
async function sendQr(reply: FastifyReply, payload: string, query: Query): Promise<FastifyReply> {
  reply.type('application/octet-stream');
  if (query.img === undefined || query.img === '') return reply.send(Buffer.from(payload));
  if (query.img !== 'png') throw new Refusal(400, 'img is png or absent');
  const width = Number(query.s ?? 500);
  if (!Number.isInteger(width) || width < 50 || width > 4000)
    throw new Refusal(400, 's is 50 to 4000 pixels');
  return reply.send(await toBuffer(payload, { width, margin: 4 }));
}
