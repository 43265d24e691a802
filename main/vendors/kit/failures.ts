import { type Failure, type FailureKind, GatehouseError } from '#contract/failure.ts';

export function isKind(error: unknown, ...kinds: FailureKind[]): error is GatehouseError {
  return error instanceof GatehouseError && kinds.includes(error.failure.kind);
}

const transientKinds = new Set<FailureKind>([
  'network',
  'timeout',
  'server-fault',
  'rate-limited',
  'unexpected-answer',
]);

/** Whether a later try may go better. */
export const isTransient = ({ kind }: Failure) => transientKinds.has(kind);
