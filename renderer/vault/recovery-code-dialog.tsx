import { Copy, Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { copyForAWhile } from '../state/copy.ts';
import { useApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { fullMoment } from '../ui/words.ts';
import style from './recovery-code.module.css';
import { groupsOf, showCode, useShownCode } from './recovery-code.ts';

/** Shows a recovery code that was just made, until the person has put it in a safe place or the vault locks. */
export function ShownRecoveryCode() {
  const code = useShownCode((shown) => shown.code);
  const state = useApp((app) => app.vault.state);
  const before = useRef(state);
  // Made and locked may come in one batch of changes; a code that opened the vault is there before the window knows of it.
  const locked = before.current !== 'locked' && state === 'locked';

  // Nobody may be at the screen any more when the vault locks.
  useEffect(() => {
    before.current = state;
    if (!locked || useShownCode.getState().code === null) return;
    showCode(null);
    showToast({
      tone: 'bad',
      text: 'The lock took the recovery code off the screen. Without a copy of it, make a new one in the settings.',
    });
  }, [state, locked]);

  // Over the lock screen it would keep the focus from the passphrase.
  return code === null || locked ? null : <CodeDialog code={code} />;
}

function CodeDialog({ code }: { code: string }) {
  const [kept, setKept] = useState(false);
  const [madeAt] = useState(() => Date.now());
  const groups = groupsOf(code);

  /** What had the focus before was a form that is gone. */
  function goOn() {
    showCode(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main')?.focus());
  }
  return (
    <>
      <Dialog
        title="Your recovery code"
        subtitle="It is shown this once. Write it down or print it."
        alert
        keep
        noClose
        onClose={() => kept && goOn()}
      >
        <Groups groups={groups} />
        <div className={style.tools}>
          <Button icon={Copy} onPress={() => void copyForAWhile('Recovery code', code)}>
            Copy
          </Button>
          <Button icon={Printer} onPress={() => window.print()}>
            Print
          </Button>
        </div>
        <p>
          Whoever holds it can open the vault, so keep it away from this computer. It works once: with it you
          set a new passphrase and get a new code.
        </p>
        <Checkbox isSelected={kept} onChange={setKept}>
          I have put it in a safe place
        </Checkbox>
        <DialogActions>
          <Button variant="main" isDisabled={!kept} onPress={goOn}>
            Go on
          </Button>
        </DialogActions>
      </Dialog>
      {createPortal(<Sheet groups={groups} madeAt={madeAt} />, document.body)}
    </>
  );
}

/** The groups stand apart on the screen; a reader of the screen hears hyphens, and so gets who marks it as text. */
function Groups({ groups }: { groups: readonly string[] }) {
  return (
    <p className={style.code} translate="no">
      {groups.map((group, at) => (
        // A code may have the same group twice.
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a code never move
        <span key={at}>
          {group}
          {at < groups.length - 1 && <span className="screen-reader-only">-</span>}
        </span>
      ))}
    </p>
  );
}

/** What the paper shows, and only the paper. */
function Sheet({ groups, madeAt }: { groups: readonly string[]; madeAt: number }) {
  const { dataFolder } = useApp((app) => app.appInfo);
  return (
    <div className={style.sheet} aria-hidden>
      <p className={style.sheetTitle}>Gatehouse recovery code</p>
      <Groups groups={groups} />
      <p>Made {fullMoment(madeAt)}</p>
      <p>
        Opens the vault in <span className={style.path}>{dataFolder}</span>
      </p>
      <p>
        At the lock screen choose “Forgot the passphrase?”. The code works once. Whoever holds this paper can
        open the vault.
      </p>
    </div>
  );
}
