import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Json } from '../../vendor.ts';
import type { Access } from '../api/access.ts';

/** A session opened by Gatehouse, or an access client that was activated elsewhere. */
const cyclosSecret = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session'), token: z.string() }),
  z.object({ kind: z.literal('access-client'), token: z.string() }),
]);

/** The grant's secret as an access. Throws `internal` for anything that this vendor did not store. */
export function accessOf(secret: Json): Access {
  const parsed = cyclosSecret.safeParse(secret);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this Cyclos session can’t be read.',
    advice: 'Sign in again.',
  });
}
