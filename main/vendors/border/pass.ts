import { GatehouseError } from '#contract/failure.ts';
import { shownFailure } from './displayable.ts';

/** Does a vendor's work: its answer goes through `bound`, and whatever it throws becomes a GatehouseError. */
export type Pass = <T>(work: () => Promise<T>, bound?: (value: T) => T) => Promise<T>;

/** `reportBug` is told of errors that are none of ours. */
export function createPass(vendorName: string, reportBug: (error: unknown) => void): Pass {
  return async (work, bound = (value) => value) => {
    try {
      return bound(await work());
    } catch (error) {
      if (error instanceof GatehouseError) {
        const { failure, mayHaveWorked } = error;
        throw new GatehouseError(shownFailure(failure), { mayHaveWorked });
      }
      reportBug(withoutMessage(error));
      const message = `Gatehouse could not make sense of an answer from ${vendorName}.`;
      const advice = 'Try again. If it happens again, report this sentence.';
      throw new GatehouseError({ kind: 'unexpected-answer', message, advice }, { mayHaveWorked: true });
    }
  };
}

/** An error's stack without its message, which may quote what a server sent. */
function withoutMessage(error: unknown): Error {
  const bug = new Error('a vendor’s code');
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.indexOf('\n    at ');
  if (frames >= 0) bug.stack = `${bug.message}${stack.slice(frames)}`;
  return bug;
}
