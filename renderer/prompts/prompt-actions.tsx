import type { ReactNode } from 'react';
import { act } from '../state/call.ts';
import { showPrompts } from '../state/navigation.ts';
import { Button } from '../ui/button.tsx';
import { DialogActions } from '../ui/dialog.tsx';
import style from './prompts.module.css';

interface Props {
  promptId: string;
  /** The verb of the main button, which submits the form around it; none where the phone answers. */
  main?: string;
  busy?: boolean;
  isDisabled?: boolean;
  /** Beside the main button. */
  children?: ReactNode;
}

/** The buttons under a prompt: answer, put aside, cancel. */
export function PromptActions({ promptId, main, busy = false, isDisabled = false, children }: Props) {
  return (
    <DialogActions
      end={
        <span className={style.leave}>
          <Button variant="quiet" onPress={() => showPrompts(false)}>
            Later
          </Button>
          <Button
            variant="quiet"
            aria-label="Cancel this sign-in"
            onPress={() => act('prompts.cancel', { promptId })}
          >
            Cancel
          </Button>
        </span>
      }
    >
      {main && (
        <Button variant="main" type="submit" isPending={busy} isDisabled={isDisabled}>
          {busy ? 'Checking' : main}
        </Button>
      )}
      {children}
    </DialogActions>
  );
}
