import type { VendorHttp } from '#http/types.ts';
import type { Access } from './access.ts';
import { authOperations } from './auth.ts';
import { clientOperations } from './clients.ts';
import { confirmationOperations } from './confirmations.ts';
import type { Generation } from './generation.ts';
import { identityOperations } from './identity.ts';
import { passwordOperations } from './passwords.ts';
import { cyclosRequests } from './request.ts';
import { sessionOperations } from './sessions.ts';
import { userOperations } from './users.ts';

/** The operations of Cyclos's Auth API, under the vendor's names; everything else here is related. */
export const authApi = [
  'changeForgottenPassword',
  'disconnectCurrentClient',
  'forgottenPasswordRequest',
  'getCurrentAuth',
  'getDataForChangeForgottenPassword',
  'getDataForLogin',
  'getSecondaryPasswordInput',
  'login',
  'logout',
  'newOtp',
  'validateSecondaryPassword',
] as const;

/**
 * Cyclos with one access. Every method throws GatehouseError. Shapes: the vendor's documents 4.11.1 and 4.16.18;
 * `generation` decides where the two want different requests. What 4.11 lacks throws `not-found`.
 */
export function cyclosClient(http: VendorHttp, access: Access, generation: Generation = '4.16') {
  const ask = cyclosRequests(http, access);
  return {
    /** Signing in and out, up to the active session. */
    auth: authOperations(ask, generation),
    /** Approvals by a trusted device. */
    confirmations: confirmationOperations(ask),
    /** Signing in by an identity provider. */
    identity: identityOperations(ask),
    /** The sessions that the server lists. */
    sessions: sessionOperations(ask),
    /** People: their status, devices, authenticators, identity providers, agreements and alerts. */
    users: userOperations(ask, generation),
    /** Access clients of people. */
    clients: clientOperations(ask),
    /** Passwords: set, made, unblocked, forgotten; security answers. */
    passwords: passwordOperations(ask, generation),
  };
}

export type CyclosClient = ReturnType<typeof cyclosClient>;
