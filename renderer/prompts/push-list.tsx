import { Smartphone } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { call } from '../state/call.ts';
import type { Challenge } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { TextField } from '../ui/text-field.tsx';
import style from './scan.module.css';

type Props = {
  promptId: string;
  ask: Extract<Challenge, { kind: 'scan' }>;
  busy: boolean;
  attempt(work: () => Promise<unknown>): Promise<boolean>;
};

/** Phones that may be asked directly, and a field for anybody else. */
export function PushList({ promptId, ask, busy, attempt }: Props) {
  const [user, setUser] = useState('');
  const [pushing, setPushing] = useState<string | null>(null);
  if (ask.pushTargets.length === 0 && !ask.canPushToUser) return null;
  const again = ask.stage === 'pushed' ? 'Push again' : 'Push';

  async function push(target: string) {
    setPushing(target);
    await attempt(() => call('prompts.push', { promptId, target }));
    setPushing(null);
  }
  function pushToUser(event: FormEvent) {
    event.preventDefault();
    if (user.trim() !== '' && !busy) void push(`user:${user.trim()}`);
  }
  return (
    <section className={style.push} aria-label="Push to a phone">
      {ask.pushTargets.length > 0 && <h3 className={style.pushTitle}>Or push to a phone</h3>}
      <ul className={style.targets}>
        {ask.pushTargets.map((target) => (
          <li key={target.id} className={style.target}>
            <Smartphone size={16} strokeWidth={1.75} aria-hidden className={style.phone} />
            <div className={style.targetText}>
              <p className={style.targetName}>{plain(target.label, 60)}</p>
              <p className={style.stepText}>{plain(target.detail, 80)}</p>
            </div>
            <Button
              size="small"
              aria-label={`${again} to ${plain(target.label, 60)}`}
              isPending={pushing === target.id}
              isDisabled={busy}
              onPress={() => void push(target.id)}
            >
              {again}
            </Button>
          </li>
        ))}
      </ul>
      {ask.canPushToUser && (
        <form className={style.user} onSubmit={pushToUser}>
          <TextField
            label={ask.pushTargets.length > 0 ? 'Or to somebody else' : 'Or push to a person’s phone'}
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
    </section>
  );
}
