import { Pin, PinOff } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import type { Realm, RealmRefusal } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { formatTime } from '../ui/format.ts';
import { RealmName } from '../ui/realm-name.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import type { RealmChoice } from './realm-choices.ts';
import { refusalText } from './refusal-text.ts';
import style from './sessions.module.css';

interface Props {
  choice: RealmChoice;
  /** It refused when it was tried from this session. */
  refusal: RealmRefusal | undefined;
  /** What is under way: "move ID" or "beside ID". */
  busy: string | null;
  onGo(realm: Realm, how: 'move' | 'beside'): Promise<unknown>;
  onPin(realm: Realm, pinned: boolean): Promise<void>;
}

/** One realm: who one is there, and the two ways to it. */
export function RealmRow({ choice, refusal, busy, onGo, onPin }: Props) {
  const { realm, roles, badge, closed, here, pinned, usedAt } = choice;
  const name = sanitizeText(realm.name, 60);
  const used = useTimed((now) => (usedAt === null ? null : `used ${formatTime(usedAt, now)}`));
  const refused = useTimed((now) => (refusal ? refusalText(refusal, now) : null));
  const detail = [closed, roles?.join(', '), used].filter((part): part is string => Boolean(part));
  return (
    <li className={style.realm}>
      <IconButton
        icon={pinned ? PinOff : Pin}
        size="small"
        label={pinned ? `Unpin ${name}` : `Pin ${name}`}
        onPress={() => void onPin(realm, !pinned)}
      />
      <span className={style.realmWho}>
        <span className={style.where}>
          <span className={style.strong}>
            <RealmName realm={realm} />
          </span>
          {badge && <Badge>{sanitizeText(badge, 30)}</Badge>}
          {refusal && <Badge tone="bad">refused</Badge>}
        </span>
        <bdi className={`${style.secondary} ${style.cut}`}>
          {sanitizeText(detail.join(' · '), 120) || (roles ? 'No role' : '')}
        </bdi>
        {refused && <bdi className={style.badInk}>{refused}</bdi>}
      </span>
      {here ? (
        <span className={style.secondary}>here</span>
      ) : (
        <>
          <Button
            size="small"
            isDisabled={busy !== null || closed !== undefined}
            isPending={busy === `move ${realm.id}`}
            aria-label={`Move to ${name}`}
            onPress={() => void onGo(realm, 'move')}
          >
            Move
          </Button>
          <Button
            size="small"
            isDisabled={busy !== null || closed !== undefined}
            isPending={busy === `beside ${realm.id}`}
            aria-label={`Open ${name} beside`}
            onPress={() => void onGo(realm, 'beside')}
          >
            Open beside
          </Button>
        </>
      )}
    </li>
  );
}
