import { z } from 'zod';

/** What kind of thing went wrong; one union for vendors, the vault, the store and bad input. */
export const failureKinds = [
  'network',
  'timeout',
  'tls',
  'wrong-place',
  'refused-credentials',
  'refused-prompt',
  'locked-out',
  'expired',
  'forbidden',
  'not-found',
  'conflict',
  'invalid',
  'rate-limited',
  'server-fault',
  'unexpected-answer',
  'cancelled',
  'cut-off',
  'vault-locked',
  'vault-broken',
  'store-broken',
  'internal',
] as const;

export const failureKind = z.enum(failureKinds);
export type FailureKind = z.infer<typeof failureKind>;

/** A failure as it crosses the bridge and as it stays on a row: never holds a secret. */
export const failure = z.object({
  kind: failureKind,
  /** One sentence for a support agent: what happened and what it means. */
  message: z.string(),
  /** What to do next, when there is something to do. */
  advice: z.string().optional(),
  /** The vendor's own error code, as the vendor spells it. */
  vendorCode: z.string().optional(),
  status: z.number().int().optional(),
  /** The moment (ms since 1970) until which it makes no sense to try again. */
  until: z.number().optional(),
  /** Field name to sentence, for `invalid`. */
  fields: z.record(z.string(), z.string()).optional(),
  /** The right that is missing, for `forbidden`. */
  missingRight: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;

/** The one error class that rooms throw for expected failures. */
export class GatehouseError extends Error {
  readonly failure: Failure;
  /** The request may have reached the server and been carried out, although no good answer came back. */
  readonly mayHaveWorked: boolean;
  constructor(failure: Failure, options?: ErrorOptions & { mayHaveWorked?: boolean }) {
    super(failure.message, options);
    this.name = 'GatehouseError';
    this.failure = failure;
    this.mayHaveWorked = options?.mayHaveWorked ?? false;
  }
}

/** Whether this was thrown as an expected failure of one of these kinds. */
export const isKind = (error: unknown, ...kinds: FailureKind[]): error is GatehouseError =>
  error instanceof GatehouseError && kinds.includes(error.failure.kind);

/** The failure of whatever was thrown; an unexpected error becomes `internal` without its text, which might hold anything. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GatehouseError) return error.failure;
  return { kind: 'internal', message: 'Something went wrong inside Gatehouse.', advice: 'Try again.' };
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };
