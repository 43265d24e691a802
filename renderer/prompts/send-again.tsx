import { useState } from 'react';
import { call } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import type { Challenge, Prompt } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { plain } from '../ui/plain.ts';
import { moment, span } from '../ui/words.ts';
import style from './prompts.module.css';

type Props = {
  prompt: Prompt;
  ask: Extract<Challenge, { kind: 'code' }>;
  attempt(work: () => Promise<unknown>): Promise<boolean>;
};

/** Sends the code once more, by another medium where there is a choice; rests until the vendor allows the next. */
export function SendAgain({ prompt, ask, attempt }: Props) {
  const [sent, setSent] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const { sendAgainAt } = prompt;
  const wait = useTimed((now) =>
    sendAgainAt !== null && sendAgainAt > now ? span(sendAgainAt - now + 999) : null,
  );
  const media = ask.media ?? [];
  if (!ask.canSendAgain && media.length === 0) return null;

  async function send(medium?: string) {
    setBusy(true);
    setSent(null);
    const input = { promptId: prompt.id, ...(medium === undefined ? {} : { medium }) };
    if (await attempt(() => call('prompts.sendAgain', input))) setSent(Date.now());
    setBusy(false);
  }

  const words = wait === null ? 'Send again' : `Send again in ${wait}`;
  const isDisabled = wait !== null || prompt.state === 'checking';
  return (
    <>
      {media.length > 0 ? (
        <Menu
          label="Send again by"
          entries={media.map(({ id, label }) => ({
            kind: 'action',
            id,
            label: plain(label, 60),
            run: () => void send(id),
          }))}
        >
          <Button isDisabled={isDisabled} isPending={busy}>
            {words}
          </Button>
        </Menu>
      ) : (
        <Button isDisabled={isDisabled} isPending={busy} onPress={() => void send()}>
          {words}
        </Button>
      )}
      <span className={style.sent} role="status">
        {sent !== null && `Sent at ${moment(sent, sent)}`}
      </span>
    </>
  );
}
