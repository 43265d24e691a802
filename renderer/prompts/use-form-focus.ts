import { type RefObject, useEffect, useRef } from 'react';

/** Puts the focus into the form's first field, at first and again when an answer has come back. */
export function useFormFocus(busy: boolean): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (busy) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (wrong ?? form.current?.querySelector<HTMLElement>('input, textarea, button'))?.focus();
  }, [busy]);
  return form;
}
