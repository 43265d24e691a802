import { type FormEvent, useRef } from 'react';
import { promptTitle } from '../prompts/prompt-text.ts';
import { useCode } from '../prompts/use-code.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { showPrompt, useNavigation } from '../state/navigation.ts';
import { useAccount, usePrompts, useVendor } from '../state/store.ts';
import type { Challenge, Prompt } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { RowButton } from '../ui/button.tsx';
import { formatShortDuration } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SegmentBoxes } from '../ui/segment-boxes.tsx';
import style from './live.module.css';
import { RailSection } from './rail-section.tsx';

/** Of the queue only so many are shown here; the panel has them all. */
const most = 5;

/** The sign-ins that wait for the person: a PIN or code is typed in its row, the rest is answered in the panel. Nothing while that is open. */
export function NeedsYou() {
  const prompts = usePrompts();
  const panelIsOpen = useNavigation((state) => state.promptsOpen);
  const list = useRef<HTMLUListElement>(null);
  if (panelIsOpen) return null;
  if (prompts.length === 0)
    return (
      <RailSection title="Needs you">
        <p className={style.railNone}>Nothing waits for an answer.</p>
      </RailSection>
    );

  /** The next code that waits has the focus, so that its digits alone are typed. */
  function goOn(from: HTMLFormElement) {
    const forms = [...(list.current?.querySelectorAll('form') ?? [])];
    const at = forms.indexOf(from);
    const next = [...forms.slice(at + 1), ...forms.slice(0, at)];
    next.flatMap((form) => form.querySelector<HTMLInputElement>('input:not(:disabled)') ?? [])[0]?.focus();
  }
  return (
    <RailSection title="Needs you" count={prompts.length}>
      <ul className={style.railCard} ref={list}>
        {prompts.slice(0, most).map((prompt) => (
          <Waiting key={prompt.id} prompt={prompt} onSent={goOn} />
        ))}
      </ul>
      {prompts.length > most && <p className={style.railNone}>and {prompts.length - most} more</p>}
    </RailSection>
  );
}

interface Props {
  prompt: Prompt;
  onSent(form: HTMLFormElement): void;
}

function Waiting({ prompt, onSent }: Props) {
  const account = useAccount(prompt.accountId);
  const vendor = useVendor(prompt.vendor);
  const label = account?.label ?? 'An account';
  const { ask, state } = prompt;
  const left = useTimed((now) => formatShortDuration(Math.max(0, prompt.deadline - now)));
  const typed = ask.kind === 'code' && state !== 'refused' ? ask : null;
  const detail =
    state === 'refused' ? 'was refused' : state === 'checking' ? 'checking' : `${left} to answer`;
  return (
    <li className={typed ? style.railAsk : style.railRow}>
      <span className={style.railAskHead}>
        <Avatar label={label} colour={account?.colour ?? 'slate'} size={24} />
        <span className={style.railWords}>
          <span dir="auto">{promptTitle(label, vendor?.name, ask)}</span>
          <span className={style.railDetail}>{detail}</span>
        </span>
        <RowButton label={`Answer ${sanitizeText(label, 60)}`} onPress={() => showPrompt(prompt.id)}>
          {ask.kind === 'scan' ? 'Show code' : typed ? 'More' : 'Answer'}
        </RowButton>
      </span>
      {typed && <Code prompt={prompt} ask={typed} label={label} onSent={onSent} />}
    </li>
  );
}

/** The field of a code in its row, sent as in the panel. */
function Code({
  prompt,
  ask,
  label,
  onSent,
}: Props & { ask: Extract<Challenge, { kind: 'code' }>; label: string }) {
  const form = useRef<HTMLFormElement>(null);
  const { code, change, submit, missing, wrong } = useCode({
    prompt,
    ask,
    send(value) {
      if (form.current) onSent(form.current);
      void act('prompts.answer', { promptId: prompt.id, values: { code: value } });
    },
  });
  const said = missing ?? prompt.failure?.message;
  return (
    <form
      ref={form}
      className={style.railCode}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <SegmentBoxes
        small
        label={`${ask.numeric ? 'PIN' : 'Code'} of ${sanitizeText(label, 60)}`}
        value={code}
        onChange={change}
        boxes={ask.boxes}
        numeric={ask.numeric}
        isDisabled={prompt.state === 'checking'}
        invalid={wrong || missing !== null}
      />
      {said && (
        <p className={style.railWrong} role="alert">
          {sanitizeText(said, 200)}
        </p>
      )}
    </form>
  );
}
