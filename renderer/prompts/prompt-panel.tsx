import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { hidePrompts, offerPrompts, showAccount, useNavigation } from '../state/navigation.ts';
import { useSession } from '../state/store.ts';
import { Boundary } from '../ui/boundary.tsx';
import { IconButton } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { FailedPrompt } from './failed-prompt.tsx';
import { enterPanel, leavePanel } from './panel-focus.ts';
import { PromptCard } from './prompt-card.tsx';
import { PromptList } from './prompt-list.tsx';
import style from './prompts.module.css';
import { Restarting } from './restarting.tsx';
import { usePanelFocus } from './use-panel-focus.ts';
import { useHiddenPaste } from './use-pasted-code.ts';
import { usePromptQueue } from './use-prompt-queue.ts';

/** The queue of prompts at the side of the work, which stays usable. Once in the window. */
export function PromptPanel() {
  const isOpen = useNavigation((state) => state.promptsOpen);
  const queue = usePromptQueue();
  const { prompts, shown } = queue;
  const [restarted, setRestarted] = useState<string | null>(null);
  const restarting = useSession(restarted)?.state === 'signing-in';
  const hadSome = useRef(false);
  const byKey = useRef(false);

  useHiddenPaste(isOpen ? [] : prompts, (prompt, code) => {
    queue.choose(prompt.id);
    offerPrompts();
    queue.answer(prompt, { code });
  });

  // The panel goes with the last prompt; opened on an empty queue it says so and stays.
  useEffect(() => {
    if (prompts.length > 0) hadSome.current = true;
    else if (!isOpen) hadSome.current = false;
    else if (hadSome.current && !restarting) hidePrompts();
  }, [prompts, isOpen, restarting]);

  // A lock ends what was asked; after it nothing is open.
  useEffect(() => hidePrompts, []);

  const isShown = isOpen && (shown !== undefined || restarting || !hadSome.current);
  const focus = usePanelFocus(isShown, whatOf(queue.shown, restarting), byKey);

  function step(by: number) {
    const at = prompts.findIndex(({ id }) => id === shown?.id);
    const next = prompts[(at + by + prompts.length) % prompts.length];
    if (!next || next.id === shown?.id) return;
    byKey.current = true;
    queue.choose(next.id);
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key, target, currentTarget } = event;
    if (key === 'Escape') {
      hidePrompts();
      leavePanel();
    } else if (key === 'Enter' && target === currentTarget) enterPanel();
    else if ((key === 'j' || key === 'k') && !takesLetters(target)) step(key === 'j' ? 1 : -1);
    else return;
    event.preventDefault();
  }

  const count = prompts.length;
  const number = shown ? prompts.indexOf(shown) + 1 : 0;
  return (
    <>
      <span className="screen-reader-only" role="status">
        {count > 0 && `${formatCount(count, 'prompt')} ${count === 1 ? 'waits' : 'wait'} for you`}
      </span>
      {isShown && (
        <aside
          id="prompts"
          aria-label="Prompts"
          className={style.panel}
          tabIndex={-1}
          onKeyDown={onKeyDown}
          {...focus}
        >
          <header className={style.head}>
            <h2 className={style.headTitle}>Needs you</h2>
            {count > 1 && (
              <span className={style.number}>
                {number} of {count}
              </span>
            )}
            <span className={style.headEnd}>
              <IconButton icon={X} label="Close" size="small" onPress={hideAndLeave} />
            </span>
          </header>
          <div className={style.body}>
            {shown ? (
              <Boundary
                what="This prompt"
                renewOn={shown}
                instead={(failure, again) => (
                  <FailedPrompt prompt={shown} failure={failure} onAgain={again} />
                )}
              >
                <PromptCard
                  prompt={shown}
                  queue={queue}
                  onRestarted={(sessionId) => {
                    setRestarted(sessionId);
                    follow(shown.sessionId, sessionId);
                  }}
                />
              </Boundary>
            ) : restarting && restarted ? (
              <Restarting sessionId={restarted} />
            ) : (
              <p className={style.none}>
                No sign-in waits for you. When one needs a PIN, a password or a scan, it is asked here.
              </p>
            )}
          </div>
          {count > 1 && <PromptList prompts={prompts} shown={shown?.id} onChoose={queue.choose} />}
        </aside>
      )}
    </>
  );
}

function hideAndLeave() {
  hidePrompts();
  leavePanel();
}

/** Changes when another field of the panel is to have the focus. */
function whatOf(prompt: ReturnType<typeof usePromptQueue>['shown'], restarting: boolean): string {
  if (!prompt) return restarting ? 'restarting' : 'none';
  const { id, state, attempt, ask } = prompt;
  return [id, state, attempt, ask.kind, ask.kind === 'scan' ? ask.stage : ''].join(' ');
}

/** J and K are letters in a field, but in an empty one that takes digits only. */
function takesLetters(target: EventTarget): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLFieldSetElement) return true;
  if (!(target instanceof HTMLInputElement) || target.type === 'checkbox' || target.type === 'radio')
    return false;
  return target.inputMode !== 'numeric' || target.value !== '';
}

/** A page that shows the sign-in that is over goes on with the one in its place. */
function follow(oldId: string, sessionId: string) {
  const { route } = useNavigation.getState();
  if (route.at === 'account' && route.sessionId === oldId) showAccount(route.accountId, sessionId);
}
