import { useEffect, useState } from 'react';

/** Whether Caps Lock is on, as far as the last key or click tells. */
export function useCapsLock(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const look = (event: KeyboardEvent | MouseEvent) => setOn(event.getModifierState('CapsLock'));
    window.addEventListener('keydown', look, { capture: true });
    window.addEventListener('keyup', look, { capture: true });
    window.addEventListener('mousedown', look, { capture: true });
    return () => {
      window.removeEventListener('keydown', look, { capture: true });
      window.removeEventListener('keyup', look, { capture: true });
      window.removeEventListener('mousedown', look, { capture: true });
    };
  }, []);
  return on;
}
