import type { Action } from '#contract/admin.ts';
import { type FailureKind, GatehouseError } from '#contract/failure.ts';
import type { FormField } from '#contract/shapes.ts';
import { lookUp } from '#lib/look-up.ts';

export function isKind(error: unknown, ...kinds: FailureKind[]): error is GatehouseError {
  return error instanceof GatehouseError && kinds.includes(error.failure.kind);
}

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
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isKind(error, 'forbidden', 'not-found')) return null;
    throw error;
  }
}

/** The right that the work lacks, in the vendor's words; undefined when it is allowed. Other failures throw. */
export async function rightMissingFor(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (isKind(error, 'forbidden')) return error.failure.missingRight ?? error.failure.message;
    throw error;
  }
}

/** ms since 1970 as ISO 8601; '' for nothing, and for what is no moment. */
export function iso(ms: number | null | undefined): string {
  return ms && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '';
}

/** ms since 1970 as people say it, in this computer's time zone. */
export function moment(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** Facts that hold something. */
export function facts(pairs: [label: string, value: string | undefined][]) {
  return pairs.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

export const field = (name: string, label: string, more: Partial<FormField> = {}): FormField => ({
  ...{ name, label, type: 'text', required: true, secret: false },
  ...more,
});

export const passwordField = (name: string, label: string, more: Partial<FormField> = {}): FormField =>
  field(name, label, { type: 'password', secret: true, ...more });

export const actionOf = (id: string, label: string, more: Partial<Action> = {}): Action => ({
  ...{ id, label, fields: [], danger: false },
  ...more,
});

/** `{ missingRight }` to spread into an action or a source; nothing when the right is held. */
export function unless(held: boolean, words: string): { missingRight?: string } {
  return held ? {} : { missingRight: words };
}

/** An action's id is a verb, or a verb and its object: `unblock:7001`. */
export function splitAction(id: string): { verb: string; object: string } {
  const at = id.indexOf(':');
  return at < 0 ? { verb: id, object: '' } : { verb: id.slice(0, at), object: id.slice(at + 1) };
}

/** `invalid` for one field. */
export function wrong(name: string, message: string): GatehouseError {
  return new GatehouseError({ kind: 'invalid', message, fields: { [name]: message } });
}

/** A form's value without blanks around it; throws `invalid` with `message` when it is empty. */
export function need(values: Record<string, string>, name: string, message: string): string {
  const value = values[name]?.trim();
  if (!value) throw wrong(name, message);
  return value;
}

/** A password as typed, blanks included. */
export function needPassword(values: Record<string, string>, name: string): string {
  const value = values[name];
  if (!value) throw wrong(name, 'Type the password.');
  return value;
}

/** What is said before a vendor makes a token. */
export const toldOnce =
  'The new token is put on the clipboard for a short while and shown nowhere else: paste it at once where it is needed. ' +
  'If it is lost, delete it and make another. The ledger says that it was made and copied, not what it is.';

/** The answer of a request that makes a token; when it is lost, the failure says that the token may exist all the same. */
export async function toldOnceBy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof GatehouseError) || !error.mayHaveWorked) throw error;
    const advice =
      'It may have been made all the same, and nobody has it then. Look at the list, and delete it there.';
    throw new GatehouseError({ ...error.failure, advice }, { mayHaveWorked: true, cause: error });
  }
}

export function unknownAction(vendor: string): GatehouseError {
  return new GatehouseError({ kind: 'not-found', message: `There is no such action at ${vendor}.` });
}

/** Does the work; a failure's fields then carry the form's names instead of the vendor's (`names`: the vendor's to the form's). */
export async function withFieldNames<T>(names: Record<string, string>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof GatehouseError) || !error.failure.fields) throw error;
    const renamed = Object.entries(error.failure.fields).map(([name, text]) => [
      lookUp(names, name) ?? name,
      text,
    ]);
    const { failure, mayHaveWorked } = error;
    throw new GatehouseError({ ...failure, fields: Object.fromEntries(renamed) }, { mayHaveWorked });
  }
}
