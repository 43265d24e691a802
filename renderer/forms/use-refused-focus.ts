import { type RefObject, useEffect, useRef } from 'react';
import type { Failure } from '../state/types.ts';

/** A form whose fields are shut while it is sent: after a refusal the field that it is about has the focus, else the button. */
export function useRefusedFocus(failure: Failure | null, busy: boolean): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!failure || busy) return;
    const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
    (find('[aria-invalid="true"]') ?? find('[type="submit"]'))?.focus();
  }, [failure, busy]);
  return form;
}
