import { Smartphone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { call } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import type { Challenge } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { formatDuration } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchField } from '../ui/search-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './scan.module.css';

/** With more phones than this they can be searched. */
const few = 5;

type Scan = Extract<Challenge, { kind: 'scan' }>;

interface Props {
  promptId: string;
  ask: Scan;
  busy: boolean;
  attempt(work: () => Promise<unknown>): Promise<boolean>;
}

/** Phones that may be asked directly, the one used last as one large button, and a field for anybody else. */
export function PushList({ promptId, ask, busy, attempt }: Props) {
  const [user, setUser] = useState('');
  const [pushing, setPushing] = useState<string | null>(null);
  const [sent, setSent] = useState<{ target: string; at: number } | null>(null);
  const [filter, setFilter] = useState('');
  const [last, ...others] = ask.pushTargets;
  if (!last && !ask.canPushToUser) return null;

  async function push(target: string) {
    setPushing(target);
    if (await attempt(() => call('prompts.push', { promptId, target }))) setSent({ target, at: Date.now() });
    setPushing(null);
  }
  function pushToUser(event: FormEvent) {
    event.preventDefault();
    if (user.trim() !== '' && !busy) void push(`user:${user.trim()}`);
  }
  const sentTo = (target: string) => (sent?.target === target ? sent.at : null);
  const words = filter.trim().toLowerCase();
  const shown = others.filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(words));
  return (
    <section className={style.push} aria-label="Push to a phone">
      {last && (
        <Button
          aria-label={pushLabel(last, sentTo(last.id))}
          isPending={pushing === last.id}
          isDisabled={busy}
          onPress={() => void push(last.id)}
        >
          <span className={style.lastPhone}>
            <Smartphone size={20} strokeWidth={1.75} aria-hidden />
            <PhoneText target={last} verb="Push to " sentAt={sentTo(last.id)} />
          </span>
        </Button>
      )}
      {others.length > few && <SearchField label="Find a phone" value={filter} onChange={setFilter} />}
      {others.length > 0 && (
        <ul className={style.targets}>
          {shown.map((target) => (
            <li key={target.id} className={style.target}>
              <Smartphone size={16} strokeWidth={1.75} aria-hidden className={style.phone} />
              <PhoneText target={target} sentAt={sentTo(target.id)} />
              <Button
                size="small"
                aria-label={pushLabel(target, sentTo(target.id))}
                isPending={pushing === target.id}
                isDisabled={busy}
                onPress={() => void push(target.id)}
              >
                {sentTo(target.id) === null ? 'Push' : 'Push again'}
              </Button>
            </li>
          ))}
          {shown.length === 0 && <li className={style.stepText}>No phone has these words.</li>}
        </ul>
      )}
      {ask.canPushToUser && (
        <form className={style.user} onSubmit={pushToUser}>
          <TextField
            label={last ? 'Or to somebody else' : 'Or push to a person’s phone'}
            placeholder="User name"
            value={user}
            onChange={setUser}
            autoComplete="off"
            spellCheck="false"
          />
          <Button
            type="submit"
            isDisabled={user.trim() === '' || busy}
            isPending={pushing?.startsWith('user:') ?? false}
          >
            Push
          </Button>
        </form>
      )}
      {sent?.target.startsWith('user:') && (
        <p className={style.stepText}>
          {sanitizeText(sent.target.slice('user:'.length), 60)}: <Sent at={sent.at} />
        </p>
      )}
    </section>
  );
}

const pushLabel = ({ label }: Scan['pushTargets'][number], sentAt: number | null): string =>
  `${sentAt === null ? 'Push' : 'Push again'} to ${sanitizeText(label, 60)}`;

interface PhoneTextProps {
  target: Scan['pushTargets'][number];
  verb?: string;
  sentAt: number | null;
}

function PhoneText({ target, verb = '', sentAt }: PhoneTextProps) {
  return (
    <span className={style.targetText}>
      <span className={style.targetName} dir="auto">
        {verb}
        {sanitizeText(target.label, 60)}
      </span>
      <span className={style.stepText} dir="auto">
        {sentAt === null ? sanitizeText(target.detail, 80) : <Sent at={sentAt} />}
      </span>
    </span>
  );
}

/** How long ago the push was sent, in words. */
function Sent({ at }: { at: number }) {
  const words = useTimed((now) => `sent ${formatDuration(Math.max(1000, now - at))} ago`);
  return <span className={style.sent}>{words}</span>;
}
