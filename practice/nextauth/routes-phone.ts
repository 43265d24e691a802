import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forgetEnrolments, logIn, provocable } from './log-in.ts';
import type { Approval } from './model.ts';
import { phonePage } from './phone-page.ts';
import { phoneScript } from './phone-script.ts';
import { ask } from './provoke.ts';
import { Refusal } from './refuse.ts';
import { addAccount } from './seed.ts';
import { type Enrolment, type NextAuthState, payloadOf, seconds, signal } from './state.ts';

const scanBody = z.object({ payload: z.string().min(1), accountId: z.number().int().nullish() });
const deviceBody = z.object({ online: z.boolean() });

/** The practice phone: a page for people and the same things as JSON for tests. Not part of the vendor's API. */
export function addPhoneRoutes(app: FastifyInstance, state: NextAuthState): void {
  app.get('/phone', async (_request, reply) => reply.type('text/html; charset=utf-8').send(phonePage));
  app.get('/phone.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(phoneScript),
  );
  app.get('/phone/state', async () => phoneState(state));

  app.post('/phone/scan', async (request) => {
    const body = scanBody.safeParse(request.body);
    if (!body.success) throw new Refusal(400, 'A scan is a payload and an account id');
    return scan(state, body.data.payload.trim(), body.data.accountId ?? null);
  });

  app.post<{ Params: { id: string } }>('/phone/approvals/:id/approve', async (request, reply) => {
    const { server, session, account } = taken(state, request.params.id);
    if (account.blocked) throw new Refusal(409, 'This device is blocked');
    logIn(state, server, session, account);
    // The other devices that were asked have nothing to answer any more.
    state.approvals = state.approvals.filter((each) => each.nonce !== session.nonce);
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string } }>('/phone/approvals/:id/refuse', async (request, reply) => {
    const { server, session } = taken(state, request.params.id);
    signal(state, server, session, 'CANCEL');
    if (provocable(server, session)) signal(state, server, session, 'CANPROVOKE');
    return reply.code(204).send();
  });

  app.post<{ Params: { tid: string; answer: string } }>(
    '/phone/transactions/:tid/:answer',
    async (request, reply) => {
      const { tid, answer } = request.params;
      const found = state.servers.map((server) => server.transactions.get(tid)).find(Boolean);
      if (found?.tstatus !== '0') throw new Refusal(404, 'There is no such open transaction');
      found.tstatus = answer === 'approve' ? '1' : '2';
      return reply.code(204).send();
    },
  );

  app.post<{ Params: { id: string } }>('/phone/devices/:id', async (request, reply) => {
    const body = deviceBody.safeParse(request.body);
    const account = state.servers
      .flatMap((server) => server.accounts)
      .find((each) => String(each.id) === request.params.id);
    if (!body.success || !account) throw new Refusal(404, 'There is no such device');
    account.online = body.data.online;
    return reply.code(204).send();
  });
}

/** Reads a QR payload with one device. Answers what the phone shows next. */
function scan(state: NextAuthState, payload: string, accountId: number | null) {
  const enrolment = state.enrolments.get(payload);
  if (enrolment) return enrol(state, enrolment);
  for (const server of state.servers) {
    for (const session of server.sessions.values()) {
      const current = payloadOf(state, server, session);
      if (payload !== current && payload !== session.formerPayload) continue;
      if (session.accountId !== null) throw new Refusal(410, 'This code has been used');
      const account = server.accounts.find((each) => each.id === accountId);
      if (!account) {
        signal(state, server, session, 'NOACCOUNTS');
        return { result: 'no-account' };
      }
      signal(state, server, session, 'CONFIRMSCAN');
      if (account.blocked) {
        signal(state, server, session, 'CANCEL');
        return { result: 'blocked' };
      }
      ask(state, server, session, account, 'scan', session.context);
      const { id } = state.approvals.at(-1)!;
      return { result: 'waiting', approvalId: id };
    }
  }
  throw new Refusal(410, 'This code is not known or no longer good');
}

/** Each enrolment has a session of its own, says the vendor's manual: the new account is logged in on the nonce that asked for the code. */
function enrol(state: NextAuthState, { serverid, nonce, name, userid }: Enrolment) {
  const server = state.servers.find((each) => each.serverid === serverid)!;
  const session = server.sessions.get(nonce)!;
  if (userid && !server.users.has(userid)) server.users.set(userid, {});
  forgetEnrolments(state, nonce);
  signal(state, server, session, 'CONFIRMSCAN');
  const account = addAccount(state, server, userid, `New phone of ${name}`);
  account.created = seconds(state.clock.now());
  logIn(state, server, session, account);
  return { result: 'enrolled', accountId: account.id };
}

/** Takes an approval off the phone, with what it belongs to. */
function taken(state: NextAuthState, id: string) {
  const approval = state.approvals.find((each) => each.id === id);
  const server = state.servers.find((each) => each.serverid === approval?.serverid);
  const session = approval && server?.sessions.get(approval.nonce);
  const account = server?.accounts.find((each) => each.id === approval?.accountId);
  if (!approval || !server || !session || !account) throw new Refusal(404, 'Nothing waits under this id');
  state.approvals = state.approvals.filter((each) => each !== approval);
  return { server, session, account };
}

function phoneState(state: NextAuthState) {
  const server = (serverid: string) => state.servers.find((each) => each.serverid === serverid);
  const approval = ({ id, kind, serverid, accountId, context, at }: Approval) => ({
    id,
    kind,
    server: server(serverid)?.serverName,
    accountId,
    device: server(serverid)?.accounts.find((each) => each.id === accountId)?.description,
    context,
    at,
  });
  return {
    devices: state.servers.flatMap((each) =>
      each.accounts
        .filter((account) => !account.userid.startsWith('user-') || account.lastprovoke > 0)
        .map(({ id, description, userid, blocked, online }) => ({
          id,
          description,
          userid,
          blocked,
          online,
          server: each.serverName,
        })),
    ),
    approvals: state.approvals.map(approval),
    transactions: state.servers.flatMap((each) =>
      [...each.transactions.values()]
        .filter((transaction) => transaction.tstatus === '0')
        .map(({ tid, amount, benificiary, description }) => ({
          tid,
          amount,
          benificiary,
          description,
          server: each.serverName,
        })),
    ),
    // Codes that are on some screen now: a person without a camera points at one of them.
    enrolments: [...state.enrolments].map(([payload, { serverid, name }]) => ({
      ...{ payload, name, server: server(serverid)?.serverName },
    })),
    screens: state.servers.flatMap((each) =>
      [...each.sessions.values()]
        .filter((session) => session.accountId === null)
        .filter((session) => state.clock.now() - session.qr.madeAt < state.qrTime)
        .map((session) => ({
          server: each.serverName,
          payload: session.qr.payload,
          madeAt: session.qr.madeAt,
        })),
    ),
  };
}
