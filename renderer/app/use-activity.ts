import { useEffect } from 'react';

const everyMs = 20_000;

/** Tells main now and then that the person is at work, so that the vault does not lock under their hands. */
export function useTellActivity(): void {
  useEffect(() => {
    let last = 0;
    function tell() {
      if (Date.now() - last < everyMs) return;
      last = Date.now();
      void window.gatehouse.call('app.active');
    }
    window.addEventListener('pointerdown', tell, { capture: true, passive: true });
    window.addEventListener('keydown', tell, { capture: true, passive: true });
    window.addEventListener('wheel', tell, { capture: true, passive: true });
    return () => {
      window.removeEventListener('pointerdown', tell, { capture: true });
      window.removeEventListener('keydown', tell, { capture: true });
      window.removeEventListener('wheel', tell, { capture: true });
    };
  }, []);
}
