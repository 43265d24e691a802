import { GatehouseError } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import { checkBaseUrl } from '#http/base-url.ts';

/**
 * The address of a network: a multi-network installation has one a network (`https://host/network/api`). A realm whose id is an
 * address is that network; any other id is the account's own. Throws `invalid` when the address is on another server, because
 * the account's password would follow it there.
 */
export function networkAddress(baseUrl: string, realm: Realm): string {
  if (!/^https?:/i.test(realm.id)) return baseUrl;
  const address = checkBaseUrl(realm.id);
  if (new URL(address).origin === new URL(baseUrl).origin) return address;
  throw new GatehouseError({
    kind: 'invalid',
    message: 'That network is on another server than this account.',
    advice: 'Add an account of its own for it.',
    fields: { realm: 'On another server than this account.' },
  });
}
