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

export type How = 'move' | 'beside';

interface Props {
  choice: RealmChoice;
  /** Enter goes to it. */
  chosen: boolean;
  /** It refused when it was tried from this session. */
  refusal: RealmRefusal | undefined;
  /** What is under way: "move ID" or "beside ID". */
  busy: string | null;
  onGo(realm: Realm, how: How, again?: boolean): Promise<unknown>;
  /** Shows the session that is open there. */
  onShow(sessionId: string): void;
  onPin(realm: Realm, pinned: boolean): Promise<void>;
}

const inSight = (row: HTMLLIElement | null) => row?.scrollIntoView({ block: 'nearest' });

/** One realm: who one is there, and the two ways to it. */
export function RealmRow({ choice, chosen, refusal, busy, onGo, onShow, onPin }: Props) {
  const { realm, roles, badge, closed, here, openId, pinned, usedAt } = choice;
  const name = sanitizeText(realm.name, 60);
  const used = useTimed((now) => (usedAt === null ? null : `used ${formatTime(usedAt, now)}`));
  const refused = useTimed((now) => (refusal ? refusalText(refusal, now) : null));
  const detail = [openId && 'signed in', closed, roles?.join(', '), used].filter((part): part is string =>
    Boolean(part),
  );
  return (
    <li className={`${style.realm} ${chosen ? style.chosenRealm : ''}`} ref={chosen ? inSight : undefined}>
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
          {openId ? (
            <Button
              size="small"
              isDisabled={busy !== null}
              aria-label={`Show the session in ${name}`}
              onPress={() => onShow(openId)}
            >
              Show
            </Button>
          ) : (
            <Button
              size="small"
              isDisabled={busy !== null || closed !== undefined}
              isPending={busy === `move ${realm.id}`}
              aria-label={`Switch to ${name}`}
              onPress={() => void onGo(realm, 'move')}
            >
              Switch
            </Button>
          )}
          <Button
            size="small"
            isDisabled={busy !== null || closed !== undefined}
            isPending={busy === `beside ${realm.id}`}
            aria-label={`Open ${name} as well`}
            onPress={() => void onGo(realm, 'beside', openId !== undefined)}
          >
            Open as well
          </Button>
        </>
      )}
    </li>
  );
}
