import { useEffect, useRef, useState } from 'react';
import { showAccount, showPrompts, useNavigation } from '../state/navigation.ts';
import { useSession } from '../state/store.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailedPrompt } from './failed-prompt.tsx';
import { PromptDialog } from './prompt-dialog.tsx';
import { Restarting } from './restarting.tsx';
import { useHiddenPaste } from './use-pasted-code.ts';
import { usePromptQueue } from './use-prompt-queue.ts';

/** Shows the queue of prompts, one at a time. Once in the window. */
export function PromptHost() {
  const isOpen = useNavigation((state) => state.promptsOpen);
  const queue = usePromptQueue();
  const { prompts, shown } = queue;
  const [restarted, setRestarted] = useState<string | null>(null);
  const restarting = useSession(restarted)?.state === 'signing-in';
  const hadSome = useRef(false);

  useHiddenPaste(isOpen ? [] : prompts, (prompt, code) => {
    queue.choose(prompt.id);
    showPrompts();
    queue.answer(prompt, { code });
  });

  // The dialog goes with the last prompt; opened on an empty queue it says so and stays.
  useEffect(() => {
    if (prompts.length > 0) hadSome.current = true;
    else if (!isOpen) hadSome.current = false;
    else if (hadSome.current && !restarting) showPrompts(false);
  }, [prompts, isOpen, restarting]);

  // A lock ends what was asked; after it nothing is open.
  useEffect(() => close, []);

  if (!isOpen) return null;
  if (shown)
    return (
      <Boundary
        what="This prompt"
        renewOn={shown}
        instead={(failure, again) => (
          <FailedPrompt prompt={shown} queue={queue} failure={failure} onAgain={again} />
        )}
      >
        <PromptDialog
          prompt={shown}
          queue={queue}
          onRestarted={(sessionId) => {
            setRestarted(sessionId);
            follow(shown.sessionId, sessionId);
          }}
        />
      </Boundary>
    );
  if (restarting && restarted) return <Restarting sessionId={restarted} />;
  if (hadSome.current) return null;
  return (
    <Dialog title="Nothing is asked" size="small" onClose={close}>
      <p>When a sign-in needs a PIN, a password or a scan, it is asked here.</p>
      <DialogActions>
        <Button autoFocus onPress={close}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const close = () => showPrompts(false);

/** A page that shows the sign-in that is over goes on with the one in its place. */
function follow(oldId: string, sessionId: string) {
  const { route } = useNavigation.getState();
  if (route.at === 'account' && route.sessionId === oldId) showAccount(route.accountId, sessionId);
}
