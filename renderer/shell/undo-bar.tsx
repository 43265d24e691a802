import { Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { labelOf } from '../live/live-rows.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { useApp, useAppList } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './undo-bar.module.css';

/** Until when the newest sign-out can be undone, ms since 1970; 0 for none. */
const newestUntil = ({ sessions }: AppState): number =>
  Object.values(sessions).reduce((until, { ending }) => Math.max(until, ending?.undoUntil ?? 0), 0);

/** The sessions that were signed out together and can be undone until then. */
const undoable = ({ sessions }: AppState, until: number): string[] =>
  Object.values(sessions).flatMap(({ id, ending }) => (until > 0 && ending?.undoUntil === until ? [id] : []));

/** Over everything for the seconds in which a sign-out can be undone: Ctrl Z, or the button. Main holds the order and carries it out. */
export function UndoBar() {
  const until = useApp(newestUntil);
  const ids = useAppList((app) => undoable(app, until));
  const left = useTimed((now) => Math.min(5, Math.max(0, Math.ceil((until - now) / 1000))));
  const words = useApp((app) => {
    const session = app.sessions[ids[0] ?? ''];
    if (!session) return '';
    if (ids.length > 1) return `Signing out of ${formatCount(ids.length, 'session')}`;
    const where = session.realm ? ` · ${sanitizeText(session.realm.name, 40)}` : '';
    return `Signing out of ${sanitizeText(labelOf(session, app.accounts[session.accountId]), 60)}${where}`;
  });
  const shown = left > 0 && ids.length > 0;
  const latest = useRef(ids);
  latest.current = ids;

  useEffect(() => {
    if (!shown) return;
    function onKeyDown(event: KeyboardEvent) {
      const { ctrlKey, metaKey, shiftKey, altKey, key } = event;
      if (!(ctrlKey || metaKey) || shiftKey || altKey || key.toLowerCase() !== 'z' || isTyping(event)) return;
      event.preventDefault();
      void undo(latest.current);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shown]);

  return (
    // The mark keeps it heard and within reach while a dialog makes the rest of the page inert.
    <section className={style.place} aria-label="Undo" aria-live="polite" data-react-aria-top-layer>
      {shown && (
        <div className={style.bar}>
          <bdi className={style.words}>{words}</bdi>
          <span className={style.left} aria-hidden>
            {left} s
          </span>
          <Button size="small" icon={Undo2} aria-keyshortcuts="Control+Z" onPress={() => undo(ids)}>
            Undo
            <kbd className={style.keys} aria-hidden>
              Ctrl Z
            </kbd>
          </Button>
        </div>
      )}
    </section>
  );
}

async function undo(sessionIds: string[]): Promise<void> {
  const answer = await act('sessions.undoSignOut', { sessionIds });
  if (!answer || answer.undone === sessionIds.length) return;
  const tooLate = sessionIds.length - answer.undone;
  showToast({
    tone: 'plain',
    text: `Too late for ${formatCount(tooLate, 'session')}: the vendor was told already. Sign in again to go on.`,
  });
}

/** What a field undoes by itself is not ours. */
const isTyping = ({ target }: Event): boolean =>
  (target instanceof HTMLInputElement && target.value !== '') || target instanceof HTMLTextAreaElement;
