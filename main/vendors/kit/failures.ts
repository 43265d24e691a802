import type { Failure, FailureKind } from '#contract/failure.ts';

const transientKinds = new Set<FailureKind>([
  'network',
  'timeout',
  'server-fault',
  'rate-limited',
  'unexpected-answer',
]);

/** Whether a later try may go better. */
export const isTransient = ({ kind }: Failure) => transientKinds.has(kind);
