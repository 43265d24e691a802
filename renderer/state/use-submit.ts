import { type FormEvent, useState } from 'react';
import { asFailure, fieldErrors } from './call.ts';
import type { Failure } from './types.ts';

/** Sentences by the name of the field that they are about. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * What a form or a question does when it is sent: whether that is under way, why the last one failed, and what to say
 * at the fields. `work` throws CallFailed; it is not begun while `check` finds something missing.
 */
export function useSubmit<A extends unknown[] = []>(
  work: (...given: A) => Promise<unknown>,
  check: () => FieldErrors = () => ({}),
) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [errors, setErrors] = useState<FieldErrors>({});

  /** Returns whether it went well. */
  async function run(...given: A): Promise<boolean> {
    if (busy) return false;
    const missing = check();
    setErrors(missing);
    if (Object.keys(missing).length > 0) return false;
    setBusy(true);
    setFailure(null);
    try {
      await work(...given);
      return true;
    } catch (error) {
      const reason = asFailure(error);
      setFailure(reason);
      setErrors(fieldErrors(reason));
      return false;
    } finally {
      setBusy(false);
    }
  }
  function onSubmit(event: FormEvent, ...given: A) {
    event.preventDefault();
    void run(...given);
  }
  /** The field was changed: what was said at it no longer holds. */
  const clearError = (field: string) => setErrors(({ [field]: _, ...others }) => others);
  const reset = () => {
    setFailure(null);
    setErrors({});
  };
  return { busy, failure, errors, run, onSubmit, clearError, reset };
}
