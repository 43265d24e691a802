import type { ReactNode } from 'react';
import { act } from '../state/call.ts';
import { Button } from '../ui/button.tsx';
import { DialogActions } from '../ui/dialog.tsx';

interface Props {
  promptId: string;
  /** The verb of the main button, which submits the form around it; none where the phone answers. */
  main?: string;
  busy?: boolean;
  isDisabled?: boolean;
  /** Beside the main button. */
  children?: ReactNode;
}

/** The buttons under a prompt: answer, cancel. */
export function PromptActions({ promptId, main, busy = false, isDisabled = false, children }: Props) {
  return (
    <DialogActions
      end={
        <Button
          variant="quiet"
          aria-label="Cancel this sign-in"
          onPress={() => act('prompts.cancel', { promptId })}
        >
          Cancel
        </Button>
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
