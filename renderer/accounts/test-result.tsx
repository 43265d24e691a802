import { Check, CircleCheck, KeyRound, LoaderCircle } from 'lucide-react';
import type { Failure } from '../state/types.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './account-form.module.css';

export type TestState =
  | { state: 'running' }
  | { state: 'done'; steps: readonly string[]; needsPrompt: string | null }
  | { state: 'failed'; failure: Failure };

/** What a test said: its steps in words, or the sentence that says what is wrong. */
export function TestResult({ test }: { test: TestState }) {
  if (test.state === 'failed') return <FailureNote failure={test.failure} />;
  if (test.state === 'running')
    return (
      <p className={style.testing} role="status">
        <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className={style.spin} />
        Signing in and out to test this account
      </p>
    );
  const tone = test.needsPrompt ? 'wait' : 'ok';
  return (
    <div role="status">
      <Note tone={tone} icon={test.needsPrompt ? KeyRound : CircleCheck}>
        <p className={style.testTitle}>
          {test.needsPrompt
            ? `Works so far. A sign-in then asks for ${sanitizeText(test.needsPrompt, 300)}.`
            : 'Signed in and out again: this account works.'}
        </p>
        <ol className={style.steps}>
          {test.steps.map((step) => (
            <li key={step}>
              <Check size={14} strokeWidth={2} aria-hidden /> {sanitizeText(step, 300)}
            </li>
          ))}
        </ol>
      </Note>
    </div>
  );
}
