import { z } from 'zod';
import type { Json } from '../../vendor.ts';
import { cookies, readStored } from './secret.ts';

/** A pending sign-in: the cookie of the half-open session and what the panel wants next. */
const signInState = z.object({
  cookies,
  authMethod: z.enum(['email', 'otp']),
  realm: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type SignInState = z.infer<typeof signInState>;

export const readState = (resume: Json) => readStored(signInState, resume);
