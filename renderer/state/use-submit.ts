import { type FormEvent, useState } from 'react';
import { asFailure } from './call.ts';
import type { Failure } from './types.ts';

/** A form's one call: whether it is under way, and why the last one failed. `work` throws CallFailed. */
export function useSubmit(work: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  /** Answers whether it went well. */
  async function run(): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(asFailure(error));
      return false;
    } finally {
      setBusy(false);
    }
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    void run();
  }
  return { busy, failure, run, onSubmit };
}
