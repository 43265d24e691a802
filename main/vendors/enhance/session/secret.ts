import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { isKind } from '../../kit/failures.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { type EnhanceClient, enhanceClient } from '../api/client.ts';

export const cookies = z.custom<Json>((value) => value !== undefined);

/** What acts in a session again: the cookie that the panel gave, or an organisation's access token. */
const secretShape = z.discriminatedUnion('kind', [
  // `sessionId`: its id in the panel's list, once that is known.
  z.object({ kind: z.literal('cookie'), cookies, sessionId: z.string().optional() }),
  z.object({ kind: z.literal('token'), token: z.string() }),
]);

/** What was stored, as its schema says. Throws `internal` for anything else. */
export function readStored<T>(schema: z.ZodType<T>, value: Json): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What is stored of this session can’t be read.',
    advice: 'Sign in again.',
  });
}

export const readSecret = (secret: Json) => readStored(secretShape, secret);

/** A client that acts in the session which `secret` belongs to. */
export function inSession(context: VendorContext, secret: Json): EnhanceClient {
  const known = readSecret(secret);
  if (known.kind === 'token') return enhanceClient(context.http, known.token);
  context.http.loadCookies(known.cookies);
  return enhanceClient(context.http);
}

/** Whether a failure is the panel's word that it does not know the session (401). */
export function isUnknownSession(error: unknown): boolean {
  return isKind(error, 'expired');
}
