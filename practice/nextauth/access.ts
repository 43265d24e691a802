import type { FastifyRequest } from 'fastify';
import type { Permission, Session, VirtualServer } from './model.ts';
import { Refusal } from './refuse.ts';
import { type NextAuthState, sameId, sessionOf } from './state.ts';

const header = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/**
 * The role that calls: the key's own, or the one that X-su names. Throws 401 without a key, 403 for a bad one and for
 * an impersonation without the global right, 404 for an unknown role.
 */
export function roleOf(state: NextAuthState, request: FastifyRequest): string {
  const sent = header(request, 'x-apikey');
  if (!sent) throw new Refusal(401, 'X-apikey is missing');
  const key = state.keys.find((each) => each.apikey === sent);
  if (!key) throw new Refusal(403, 'Unknown API key');
  const other = header(request, 'x-su');
  if (!other) return key.role;
  const own = permissionsOf(state, key.role, null);
  if (!own.has('root') && !own.has('setrid')) throw new Refusal(403, 'The key may not act for another role');
  const role = state.grants.find((grant) => sameId(grant.role, other))?.role;
  if (!role) throw new Refusal(404, 'Unknown role');
  return role;
}

/** What a role may do on one server, or globally for null. */
export function permissionsOf(state: NextAuthState, role: string, server: string | null): Set<Permission> {
  const grants = state.grants.filter(
    (grant) => grant.role === role && (grant.server === null || grant.server === server),
  );
  return new Set(grants.flatMap((grant) => grant.permissions));
}

/** Throws 403 unless the caller holds one of the permissions (root holds all). */
export function needGlobal(state: NextAuthState, request: FastifyRequest, anyOf: Permission[]): string {
  const role = roleOf(state, request);
  const held = permissionsOf(state, role, null);
  if (!held.has('root') && !anyOf.some((each) => held.has(each))) {
    throw new Refusal(403, `Needs the permission ${anyOf.join(' or ')}`);
  }
  return role;
}

/** The server of the path, which the caller may use with one of the permissions. Throws 404 and 403. */
export function serverOf(state: NextAuthState, request: FastifyRequest, anyOf: Permission[]): VirtualServer {
  const role = roleOf(state, request);
  const { serverid } = request.params as { serverid: string };
  const server = state.servers.find((each) => sameId(each.serverid, serverid));
  if (!server) throw new Refusal(404, 'Unknown server');
  const held = permissionsOf(state, role, server.serverid);
  if (!held.has('root') && !anyOf.some((each) => held.has(each))) {
    throw new Refusal(403, `Needs the permission ${anyOf.join(' or ')}`);
  }
  return server;
}

/** The session that X-nonce names. Throws 400 when the header is missing or under 16 bytes. */
export function sessionOfNonce(
  state: NextAuthState,
  server: VirtualServer,
  request: FastifyRequest,
): Session {
  const nonce = header(request, 'x-nonce');
  if (!nonce) throw new Refusal(400, 'X-nonce is missing');
  // 16 bytes are 22 characters of base64 without padding.
  if (!/^[A-Za-z0-9+/_-]{22,}=*$/.test(nonce)) throw new Refusal(400, 'X-nonce is too short');
  return sessionOf(state, server, nonce, request.headers['user-agent'] ?? null);
}
