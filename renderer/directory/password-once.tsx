import { Copy } from 'lucide-react';
import { copyForAWhile } from '../state/copy.ts';
import { Button } from '../ui/button.tsx';
import style from './actions.module.css';

/** A password that was set just now: on the screen while the dialog is, and nowhere else. */
export function PasswordOnce({ password }: { password: string }) {
  return (
    <div className={style.once}>
      <section aria-label="New password" className={style.onceRow}>
        <code className={style.password}>{password}</code>
        <Button size="small" icon={Copy} onPress={() => void copyForAWhile('New password', password)}>
          Copy again
        </Button>
      </section>
      <p className={style.secondary}>It is shown until you close this, and kept nowhere.</p>
    </div>
  );
}
