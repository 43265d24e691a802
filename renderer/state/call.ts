import { showToast } from './toasts.ts';
import type { Channel, Failure, Input, Output } from './types.ts';

/** A call that main answered with a failure. Forms catch it and show `failure` at the field or over the form. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

export type InputOf<C extends Channel> = Input<C> extends void ? [] : [Input<C>];

/** Calls main; resolves with the answer, throws CallFailed. */
export async function call<C extends Channel>(channel: C, ...input: InputOf<C>): Promise<Output<C>> {
  const result = await window.gatehouse.call(channel, ...input);
  if (!result.ok) throw new CallFailed(result.failure);
  return result.value;
}

/** For a button: calls main; a failure becomes a toast and the answer undefined. */
export async function act<C extends Channel>(
  channel: C,
  ...input: InputOf<C>
): Promise<Output<C> | undefined> {
  try {
    return await call(channel, ...input);
  } catch (error) {
    showToast({ tone: 'bad', failure: asFailure(error) });
    return undefined;
  }
}

/** The sentences of a failure that belong at fields; main may name a field with or without the `values.` before it. */
export function fieldErrors(failure: Failure | null): Record<string, string> {
  const entries = Object.entries(failure?.fields ?? {});
  return Object.fromEntries(entries.map(([name, text]) => [name.replace(/^values\./, ''), text]));
}

/** Any thrown thing as a failure for people. */
export function asFailure(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  return {
    kind: 'internal',
    message: 'Gatehouse could not do that: its main process did not answer.',
    advice: 'Try again; if it happens twice, restart Gatehouse.',
  };
}
