import type { FastifyReply, FastifyRequest } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import type { EnhanceState } from './state.ts';
import type { Login, Session } from './types.ts';

const SESSION_LIFE = 7 * 24 * 3_600_000;
const PENDING_LIFE = 15 * 60_000;
const PIN_LIFE = 10 * 60_000;

/** Opens a session and sets its cookie. `method` makes it pending until that factor is proven. */
export function openSession(
  state: EnhanceState,
  request: FastifyRequest,
  reply: FastifyReply,
  login: Login,
  method: 'email' | 'otp' | null,
): Session {
  const now = state.now();
  const session: Session = {
    id: state.options.ids.nextUuid('session'),
    loginId: login.id,
    state: method ? 'pending' : 'active',
    token: '',
    method,
    pin: null,
    resends: 0,
    change: null,
    createdAt: now,
    until: now + (method ? PENDING_LIFE : SESSION_LIFE),
    userAgent: request.headers['user-agent'] ?? null,
    ipAddr: request.ip,
    location: null,
  };
  state.sessions.set(session.id, session);
  setToken(state, reply, session);
  return session;
}

/** Turns a pending session into an active one, under a new cookie. */
export function activate(state: EnhanceState, reply: FastifyReply, session: Session): void {
  Object.assign(session, { state: 'active', method: null, pin: null, until: state.now() + SESSION_LIFE });
  setToken(state, reply, session);
}

export function setToken(state: EnhanceState, reply: FastifyReply, session: Session): void {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = { sid: session.id, iat: Math.floor(state.now() / 1000) };
  const signature = state.options.ids.nextToken('cookie', 43);
  session.token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(body)}.${signature}`;
  reply.setCookie('id0', session.token, { path: '/', httpOnly: true, sameSite: 'lax' });
}

export function emptyCookie(reply: FastifyReply): void {
  reply.setCookie('id0', '', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 0 });
}

/** Makes a new PIN for the session and mails it; an older one is no longer good. */
export function mailPin(state: EnhanceState, session: Session, login: Login): void {
  const code = state.options.ids.nextPin(6);
  session.pin = { code, until: state.now() + PIN_LIFE };
  state.options.inbox.send({
    medium: 'email',
    to: login.email,
    from: 'no-reply@northwind.example',
    subject: 'Your sign-in PIN',
    text: `${code} is the PIN for ${login.name}. It is good for 10 minutes.`,
    code,
    vendor: 'enhance',
    at: state.now(),
  });
}

/** Whether this PIN is right for the method, now. An authenticator may lag or lead by one period (30 s). */
export function pinIsRight(
  state: EnhanceState,
  session: Session,
  method: 'email' | 'otp',
  pin: string,
  totpSecret: string | null,
): boolean {
  if (method === 'email') return session.pin?.code === pin && session.pin.until > state.now();
  if (!totpSecret) return false;
  const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
  // The person's authenticator runs on real time, also when a test has advanced the server's clock.
  return [state.now(), Date.now()].some(
    (timestamp) => totp.validate({ token: pin, timestamp, window: 1 }) !== null,
  );
}
