import type { FastifyRequest } from 'fastify';
import { forbidden, noSession } from './answers.ts';
import type { EnhanceState } from './state.ts';
import type { AccessToken, Login, Role, Session } from './types.ts';

/** The vendor's admins, wherever its notes say Owner, SuperAdmin or Sysadmin. */
export const ADMINS: Role[] = ['Owner', 'SuperAdmin', 'Sysadmin'];
/** "At least a SuperAdmin". */
export const SUPER_ADMINS: Role[] = ['Owner', 'SuperAdmin'];
/** "Admin or support rights". */
export const STAFF: Role[] = [...ADMINS, 'Support'];

/** Who sent the request: an active session, or an access token, which acts as its organisation's owner. */
export interface Caller {
  login: Login;
  session: Session | null;
  token: AccessToken | null;
}

/** The session of cookie `id0`, pending or active, or null. */
export function sessionOf(state: EnhanceState, request: FastifyRequest): Session | null {
  const value = request.cookies.id0;
  if (!value) return null;
  const session = state.sessions.get(sessionIdIn(value));
  if (session?.token !== value) return null;
  if (session.until > state.now()) return session;
  state.sessions.delete(session.id);
  return null;
}

function sessionIdIn(token: string): string {
  try {
    const body: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof body === 'object' && body && 'sid' in body ? String(body.sid) : '';
  } catch {
    return '';
  }
}

/** Throws 401 unless the request carries an active session or a good access token. */
export function callerOf(state: EnhanceState, request: FastifyRequest): Caller {
  const session = sessionOf(state, request);
  if (session?.state === 'active') {
    const login = state.book.login(session.loginId);
    if (login) return { login, session, token: null };
  }
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = [...state.accessTokens.values()].find((candidate) => candidate.token === bearer);
  const org = token && state.orgs.get(token.orgId);
  const owner = org && state.ownerOf(org);
  if (!token || !owner) throw noSession();
  if (token.tokenExpires && Date.parse(token.tokenExpires) <= state.now()) throw noSession();
  if (token.ipRestricted && token.allowedIps.length > 0 && !token.allowedIps.includes(request.ip))
    throw noSession();
  return { login: owner.login, session: null, token };
}

/** The caller's roles in one organisation. */
export function rolesIn(state: EnhanceState, caller: Caller, orgId: string): Role[] {
  if (caller.token) return caller.token.orgId === orgId ? caller.token.roles : [];
  return state.book
    .membershipsOf(caller.login.id)
    .filter((member) => member.orgId === orgId && member.isActive)
    .flatMap((member) => member.roles);
}

/** Throws 403 unless the caller has one of the roles in the organisation or in one above it. */
export function needRole(state: EnhanceState, caller: Caller, orgId: string, roles: Role[]): void {
  const held = state.lineOf(orgId).flatMap((org) => rolesIn(state, caller, org.id));
  if (!held.some((role) => roles.includes(role))) throw forbidden(`needs one of ${roles.join(', ')}`);
}

/** Throws 403 unless the caller has one of the roles in the organisation itself or in the master organisation. */
export function needRoleHereOrMaster(
  state: EnhanceState,
  caller: Caller,
  orgId: string,
  roles: Role[],
): void {
  const held = [...rolesIn(state, caller, orgId), ...rolesIn(state, caller, state.masterId)];
  if (!held.some((role) => roles.includes(role))) throw forbidden();
}
