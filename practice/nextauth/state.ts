import { createHash } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import type { PracticeClock } from '../common/clock.ts';
import type { PracticeIds } from '../common/seed.ts';
import type { PracticeOptions } from '../common/types.ts';
import type { ApiKey, Approval, Grant, Session, VirtualServer } from './model.ts';

/** How a practice nextAuth is started. */
export interface NextAuthOptions extends PracticeOptions {
  /** False refuses the websocket, so that clients have to poll; true when absent. */
  websocket?: boolean;
  /** Seconds until a new QR payload is made; 60 when absent. */
  qrSeconds?: number;
  /** Seconds in which the app has to answer a ping; 120 when absent. */
  pingSeconds?: number;
  /** How many further users the first server has; 200 when absent. */
  users?: number;
}

/** What the websocket tells about a session. */
export type Signal =
  | 'LOGIN'
  | 'LOGOUT'
  | 'CANPROVOKE'
  | 'CONFIRMSCAN'
  | 'CONFIRMPROVOKE'
  | 'CANCEL'
  | 'NOACCOUNTS';

/** What a scanned enrolment makes: an account, which is then logged in on the nonce. */
export interface Enrolment {
  serverid: string;
  nonce: string;
  name: string;
  /** Empty where the code was asked for without one. */
  userid: string;
}

/** Everything that the running server knows. */
export interface NextAuthState {
  clock: PracticeClock;
  ids: PracticeIds;
  qrTime: number;
  servers: VirtualServer[];
  keys: ApiKey[];
  grants: Grant[];
  approvals: Approval[];
  /** Enrolments that wait for a phone: payload to what it makes. */
  enrolments: Map<string, Enrolment>;
  /** Emits 'signal' with (signal, hsid, serverid). */
  signals: EventEmitter<{ signal: [Signal, string, string] }>;
  /** Where the websocket is; set once the address is known. */
  wsurl: string;
}

const base64url = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** Base64 and base64url of the same bytes are the same id. */
export const sameId = (one: string, other: string) => base64url(one) === base64url(other);
export { base64url };

export const seconds = (ms: number) => Math.floor(ms / 1000);

/** Sends a signal to whoever listens for this session. */
export function signal(state: NextAuthState, server: VirtualServer, session: Session, what: Signal): void {
  state.signals.emit('signal', what, session.hsid, server.serverid);
}

/** The session of a nonce; a nonce that is seen for the first time makes one. */
export function sessionOf(
  state: NextAuthState,
  server: VirtualServer,
  nonce: string,
  userAgent: string | null,
): Session {
  const known = server.sessions.get(nonce);
  if (known) return known;
  const session: Session = {
    nonce,
    hsid: createHash('sha256').update(`${server.serverid} ${nonce}`).digest('base64'),
    createdAt: state.clock.now(),
    over: false,
    userAgent,
    accountId: null,
    lastAccountId: null,
    qr: { payload: newPayload(state, server), madeAt: state.clock.now() },
    formerPayload: null,
    pingedAt: 0,
    signedInAt: 0,
    context: {},
  };
  server.sessions.set(nonce, session);
  return session;
}

/** The QR payload of a session; an old one is replaced, and stays good for one more period. */
export function payloadOf(state: NextAuthState, server: VirtualServer, session: Session): string {
  const age = state.clock.now() - session.qr.madeAt;
  if (age >= state.qrTime) {
    session.formerPayload = age < 2 * state.qrTime ? session.qr.payload : null;
    session.qr = { payload: newPayload(state, server), madeAt: state.clock.now() };
  }
  return session.qr.payload;
}

function newPayload(state: NextAuthState, server: VirtualServer): string {
  return `nextauth://login/${base64url(server.serverid)}/${state.ids.nextToken('nextauth qr', 32)}`;
}
