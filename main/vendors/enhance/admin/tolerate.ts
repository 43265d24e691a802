import { type FailureKind, GatehouseError } from '../../../../preload/contract/failure.ts';

export function isKind(error: unknown, ...kinds: FailureKind[]): error is GatehouseError {
  return error instanceof GatehouseError && kinds.includes(error.failure.kind);
}

/** The answer, or null when the panel does not let this session have it or has no such thing. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isKind(error, 'forbidden', 'not-found')) return null;
    throw error;
  }
}

/** The answer, or the sentence that says why there is none; an ended session and a cancelled call still throw. */
export async function orFailure<T>(
  work: Promise<T>,
): Promise<{ value: T; failed?: undefined } | { value?: undefined; failed: string }> {
  try {
    return { value: await work };
  } catch (error) {
    if (!(error instanceof GatehouseError) || isKind(error, 'expired', 'cancelled')) throw error;
    const { message, missingRight } = error.failure;
    return { failed: missingRight ? `${message} Needed: ${missingRight}.` : message };
  }
}
