import type { VendorHttp } from '#http/types.ts';
import { accountOperations } from './account.ts';
import { credentialOperations } from './credentials.ts';
import { invitationOperations } from './invitations.ts';
import { organizationOperations } from './organizations.ts';
import { koyebRequests } from './request.ts';

/** The operations of Koyeb's Sessions API; everything else here is related. */
export const operations = ['login', 'logout', 'newSession', 'refreshToken'] as const;

/**
 * Koyeb with one bearer (see request.ts), under the vendor's names. Every method throws GatehouseError. Shapes: the vendor's
 * OpenAPI document, v1.
 */
export function koyebClient(http: VendorHttp, bearer: string | null) {
  const ask = koyebRequests(http, bearer);
  return {
    ...accountOperations(ask),
    ...organizationOperations(ask),
    ...credentialOperations(ask),
    ...invitationOperations(ask),
  };
}

export type KoyebClient = ReturnType<typeof koyebClient>;
