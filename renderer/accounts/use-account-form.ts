import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { asFailure, call, fieldErrors } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { showToast } from '../state/toasts.ts';
import type { Failure, Realm, Vendor } from '../state/types.ts';
import { type FieldErrors, useSubmit } from '../state/use-submit.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Draft, inputOf, missing } from './draft.ts';
import { dropDraft, keepDraft } from './drafts.ts';
import type { TestState } from './test-result.tsx';

interface Options {
  /** Null adds an account. */
  accountId: string | null;
  /** Under which the draft is kept. */
  draftKey: string;
  vendor: Vendor;
  draft: Draft;
  /** Names of the secrets that are stored already. */
  stored: readonly string[];
}

export interface AccountFormState {
  form: RefObject<HTMLFormElement | null>;
  /** From the last save or test, whichever came later. */
  errors: FieldErrors;
  saving: boolean;
  failure: Failure | null;
  test: TestState | null;
  /** Where the login may act, as the last test that went well has seen it. */
  realms: readonly Realm[];
  /** Puts the first field that is wrong in sight, with the focus in it. */
  showFirstError(): void;
  /** Changes the draft; what was said at these fields no longer holds. */
  change(part: Partial<Draft>, ...fields: string[]): void;
  /** Changes a value of the vendor's form; undefined gives a stored secret back its place. */
  setValue(name: string, value: string | undefined): void;
  runTest(): Promise<void>;
  onSubmit(event: FormEvent): void;
}

function showFirstError(form: HTMLFormElement | null) {
  const first = form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button');
  first?.focus({ preventScroll: true });
  // Brought to the edge only, it could lie under the bar.
  first?.scrollIntoView({ block: 'center' });
}

/** What the account form does: checks the draft, tests and saves it, and shows what was wrong at its field. */
export function useAccountForm({ accountId, draftKey, vendor, draft, stored }: Options): AccountFormState {
  const [errors, setErrors] = useState<FieldErrors>({});
  /** Counts the refusals: what is taken away while someone types is none. */
  const [refusals, setRefusals] = useState(0);
  const [test, setTest] = useState<TestState | null>(null);
  const [seen, setSeen] = useState<{ vendor: string; realms: readonly Realm[] } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const saving = useSubmit(async () => {
    const account = inputOf(draft, vendor);
    const saved = await noting(
      accountId ? call('accounts.change', { id: accountId, account }) : call('accounts.add', account),
    );
    const what = accountId ? 'is changed' : 'is added';
    dropDraft(draftKey);
    showToast({ tone: 'ok', text: `${sanitizeText(saved.label, 60)} ${what}.` });
    showAccount(saved.id);
  });

  // After a refusal the first field that is wrong has the focus.
  useEffect(() => {
    if (refusals > 0) showFirstError(form.current);
  }, [refusals]);

  function refuse(reasons: FieldErrors) {
    setErrors(reasons);
    setRefusals((count) => count + 1);
  }

  /** Shows what main refuses at its field, and throws it on. */
  async function noting<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      refuse(fieldErrors(asFailure(error)));
      throw error;
    }
  }

  function isComplete(): boolean {
    const lacking = missing(draft, vendor, stored);
    saving.reset();
    setErrors({});
    if (Object.keys(lacking).length === 0) return true;
    refuse(lacking);
    return false;
  }

  function change(part: Partial<Draft>, ...fields: string[]) {
    keepDraft(draftKey, { ...draft, ...part });
    setErrors((was) => Object.fromEntries(Object.entries(was).filter(([name]) => !fields.includes(name))));
  }

  return {
    form,
    errors,
    saving: saving.busy,
    failure: saving.failure,
    test,
    realms: seen?.vendor === vendor.id ? seen.realms : [],
    showFirstError: () => showFirstError(form.current),
    change,
    setValue(name, value) {
      const { [name]: _, ...others } = draft.values;
      change({ values: value === undefined ? others : { ...others, [name]: value } }, name);
    },
    async runTest() {
      setTest(null);
      if (!isComplete()) return;
      setTest({ state: 'running' });
      try {
        const input = { account: inputOf(draft, vendor), ...(accountId ? { id: accountId } : {}) };
        const { realms, ...said } = await noting(call('accounts.test', input));
        setSeen({ vendor: vendor.id, realms });
        setTest({ state: 'done', ...said });
      } catch (error) {
        setTest({ state: 'failed', failure: asFailure(error) });
      }
    },
    onSubmit(event) {
      event.preventDefault();
      setTest(null);
      if (isComplete()) void saving.run();
    },
  };
}
