import { GatehouseError } from '#contract/failure.ts';
import { isKind } from './failures.ts';

/** A part of a page that may fail without the rest. */
export type Read<T> = { value: T; failed?: undefined } | { value?: undefined; failed: string };

/** The answer, or the sentence that says why there is none; an ended session and a cancelled call still throw. */
export async function orFailure<T>(work: Promise<T>): Promise<Read<T>> {
  try {
    return { value: await work };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const { kind, message, missingRight } = error.failure;
    if (kind === 'expired' || kind === 'cancelled') throw error;
    return { failed: missingRight ? `${message} Needed: ${missingRight}.` : message };
  }
}

/** The answer, or null when it is refused for want of a right or there is no such thing. */
export async function nullIfRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isKind(error, 'forbidden', 'not-found')) return null;
    throw error;
  }
}

/** The answer, or null when there is none for whatever reason; for what can be done without. A cancelled call still throws. */
export async function nullIfFailed<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GatehouseError && error.failure.kind !== 'cancelled') return null;
    throw error;
  }
}
