import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Json } from '../../vendor.ts';

const shape = z.object({
  generation: z.enum(['4.11', '4.16']),
  mediums: z.array(z.enum(['email', 'sms'])),
  /** The captcha that is asked now; null where the network wants none. */
  challenge: z.string().nullable(),
  asksCaptcha: z.boolean(),
  user: z.string(),
  medium: z.enum(['email', 'sms']).nullable(),
  /** The key (4.11) or the code (4.16) that was read out; a secret, kept in memory only. */
  code: z.string(),
  question: z.string().nullable(),
  generated: z.boolean(),
  /** What the new password has to be like, in words. */
  rules: z.string().nullable(),
});
export type RecoveryState = z.infer<typeof shape>;

export const asJson = (state: RecoveryState): Json => ({ ...state, mediums: [...state.mediums] });

/** What earlier steps said. Throws `internal` for anything else. */
export function readState(state: Json): RecoveryState {
  const parsed = shape.safeParse(state);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was kept of this recovery can’t be read.',
    advice: 'Start it again.',
  });
}
