import { useEffect, useRef } from 'react';
import type { Prompt } from '../state/types.ts';
import { isInPanel } from './panel-focus.ts';
import { type CodeShape, pastedCode } from './pasted-code.ts';

/** Hears a text pasted anywhere in the window but in a dialog; `take` returns whether it was taken. */
function usePaste(isOn: boolean, take: (text: string, target: EventTarget | null) => boolean) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (!isOn) return;
    function onPaste(event: ClipboardEvent) {
      const text = event.clipboardData?.getData('text') ?? '';
      if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      if (!latest.current(text, event.target)) return;
      event.preventDefault();
      event.stopPropagation();
    }
    window.addEventListener('paste', onPaste, { capture: true });
    return () => window.removeEventListener('paste', onPaste, { capture: true });
  }, [isOn]);
}

/** While a code prompt is shown: a code pasted anywhere but in another field is given to `submit`. */
export function usePastedCode(isOn: boolean, shape: CodeShape, submit: (code: string) => void): void {
  usePaste(isOn, (text, target) => {
    if (isEditable(target) && !isInPanel(target)) return false;
    const code = pastedCode(text, shape);
    if (code === null) return false;
    submit(code);
    return true;
  });
}

/** While no prompt is shown: a code pasted outside any field answers the one code prompt there is, never one of two. */
export function useHiddenPaste(
  prompts: readonly Prompt[],
  submit: (prompt: Prompt, code: string) => void,
): void {
  const asked = prompts.filter(({ ask, state }) => ask.kind === 'code' && state === 'open');
  usePaste(asked.length === 1, (text, target) => {
    const [prompt] = asked;
    if (prompt?.ask.kind !== 'code' || isEditable(target)) return false;
    const code = pastedCode(text, prompt.ask);
    if (code === null) return false;
    submit(prompt, code);
    return true;
  });
}

const isEditable = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
