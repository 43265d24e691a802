import type { VendorHttp } from '#http/types.ts';
import { loginOperations } from './logins.ts';
import { organisationOperations } from './organisations.ts';
import { panelOperations } from './panel.ts';
import { recoveryOperations } from './recovery.ts';
import { sender } from './request.ts';
import { sessionOperations } from './sessions.ts';

/**
 * Every operation of the panel's API that Gatehouse uses, under the names of the vendor's OpenAPI document (12.21.3).
 * Acts with the door's cookie, or with `token` (an organisation's access token). Every method throws GatehouseError.
 */
export function enhanceClient(http: VendorHttp, token: string | null = null) {
  const send = sender(http, token);
  return {
    ...sessionOperations(send),
    ...loginOperations(send),
    ...recoveryOperations(send),
    ...organisationOperations(send),
    ...panelOperations(send),
  };
}

export type EnhanceClient = ReturnType<typeof enhanceClient>;
