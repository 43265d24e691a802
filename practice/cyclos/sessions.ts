import type { FastifyRequest } from 'fastify';
import type { Caller, Session, User } from './model.ts';
import type { Place } from './state.ts';

/** Length of a whole token; the split cookie holds its second half. */
const TOKEN_LENGTH = 32;

/** Opens a session; `timeout` in seconds can only shorten the channel's interval. */
export function openSession(
  place: Place,
  caller: Pick<Caller, 'user' | 'client' | 'principalType' | 'principal'>,
  request: FastifyRequest,
  options: {
    channel: string;
    timeout: number | null;
    secondPending: boolean;
    deviceId?: string | null;
    remoteAddress?: string;
  },
): Session {
  const { state, network } = place;
  const now = state.clock.now();
  const interval = Math.min(state.interval, options.timeout ? options.timeout * 1000 : state.interval);
  const session: Session = {
    token: state.ids.nextToken('cyclos session', TOKEN_LENGTH),
    userId: caller.user.id,
    network: network.path,
    channel: options.channel,
    principalType: caller.principalType,
    principal: caller.principal,
    createdAt: now,
    expiresAt: now + interval,
    interval,
    remoteAddress: options.remoteAddress ?? request.ip,
    userAgent: request.headers['user-agent'] ?? null,
    seeded: false,
    secondPending: options.secondPending,
    clientId: caller.client?.id ?? null,
    deviceId: options.deviceId ?? null,
    source: 'login',
    keyboards: [],
  };
  state.sessions.set(session.token, session);
  caller.user.lastLogin = now;
  return session;
}

export const halves = (token: string) => ({
  first: token.slice(0, token.length / 2),
  second: token.slice(token.length / 2),
});

/** The sessions of the network that have not run out, newest first. */
export function liveSessions({ state, network }: Place): Session[] {
  const now = state.clock.now();
  return [...state.sessions.values()]
    .filter((session) => session.network === network.path && session.expiresAt > now)
    .sort((a, b) => b.createdAt - a.createdAt);
}

/** Ends all sessions of a person in this network; answers how many there were. */
export function endSessionsOf(place: Place, user: User): number {
  const own = liveSessions(place).filter((session) => session.userId === user.id);
  for (const session of own) place.state.sessions.delete(session.token);
  return own.length;
}
