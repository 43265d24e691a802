import { type RefObject, useEffect, useRef } from 'react';

/** Puts the focus into a form's first field when it appears; one that opens a list by itself is left alone. */
export function useFirstField(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current
      ?.querySelector<HTMLElement>('input:not([role="combobox"], [type="file"], [type="range"]), textarea')
      ?.focus();
  }, []);
  return form;
}
