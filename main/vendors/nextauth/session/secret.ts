import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Json } from '../../vendor.ts';

const secretShape = z.object({ nonce: z.string(), serverId: z.string() });

/** The grant's secret as this vendor stored it. Throws `internal` if it is anything else. */
export function readSecret(secret: Json): z.infer<typeof secretShape> {
  const parsed = secretShape.safeParse(secret);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this nextAuth session can’t be read.',
    advice: 'Sign in again.',
  });
}
