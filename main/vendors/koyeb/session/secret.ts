import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { validMoment } from '#lib/valid-moment.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { koyebClient } from '../api/client.ts';
import type { Token } from '../api/models.ts';

const expiry = z
  .number()
  .nullable()
  .transform((ms) => validMoment(ms) ?? null);
const held = z.object({ token: z.string(), expiresAt: expiry });

const koyebSecret = z.object({
  token: z.string(),
  /** `session`: opened by Gatehouse and ended by logout; `pasted`: an API credential or access token, never logged out. */
  kind: z.enum(['session', 'pasted']),
  expiresAt: expiry,
  userId: z.string().nullable(),
  /** Tokens that this session gave up and that still live at Koyeb: ended together with it. */
  replaced: z.array(held),
});
export type KoyebSecret = z.infer<typeof koyebSecret>;

/** The grant's secret as this vendor stored it. Throws `internal` if it is anything else. */
export function readSecret(secret: Json): KoyebSecret {
  const parsed = koyebSecret.safeParse(secret);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this Koyeb session can’t be read.',
    advice: 'Sign in again.',
  });
}

/** A client that acts in the session which `secret` belongs to. */
export const clientOf = (context: VendorContext, secret: Json) =>
  koyebClient(context.http, readSecret(secret).token);

/** Characters; longer tokens than this fit into no header. */
const longestToken = 16 * 1024;

/** The `exp` of a JWT in ms since 1970; null for everything that is no JWT or states none. The signature is Koyeb's matter. */
export function jwtExpiry(token: string): number | null {
  const payload = token.split('.')[1];
  if (token.length > longestToken || token.split('.').length !== 3 || !payload) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const parsed = z.object({ exp: z.number().positive() }).safeParse(claims);
    return (parsed.success && validMoment(parsed.data.exp * 1000)) || null;
  } catch {
    return null;
  }
}

/** A new session token as a secret; `before` is the secret that it takes the place of, if any. */
export function secretOf(token: Token, before: KoyebSecret | null, now: number): KoyebSecret {
  const own = before && { token: before.token, expiresAt: before.expiresAt };
  const given = before && own ? stillAlive({ replaced: [...before.replaced, own] }, now) : [];
  return {
    token: token.id,
    kind: 'session',
    expiresAt: token.expires_at ?? jwtExpiry(token.id),
    userId: token.user_id ?? before?.userId ?? null,
    replaced: given.filter((one) => one.token !== token.id),
  };
}

/** The tokens given up that have not run out. */
export function stillAlive({ replaced }: Pick<KoyebSecret, 'replaced'>, now: number) {
  return replaced.filter((one) => one.expiresAt === null || one.expiresAt > now);
}
