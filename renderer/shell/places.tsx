import { Activity, Bell, type LucideIcon } from 'lucide-react';
import { liveSessions } from '../live/live-rows.ts';
import { goTo, showPrompts, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import style from './places.module.css';

/** Over the shifts and accounts: the places that are about all of them. */
export function Places() {
  const at = useNavigation((state) => state.route.at);
  const live = useApp((app) => liveSessions(app.sessions).length);
  const prompts = useApp((app) => Object.keys(app.prompts).length);
  return (
    <nav className={style.places} aria-label="Places">
      <Place
        icon={Activity}
        title="Live"
        count={live}
        keys="Ctrl 1"
        current={at === 'live'}
        onPress={() => goTo({ at: 'live' })}
      />
      <Place
        icon={Bell}
        title="Needs you"
        count={prompts}
        keys="Ctrl P"
        wants={prompts > 0}
        onPress={() => showPrompts()}
      />
    </nav>
  );
}

interface Props {
  icon: LucideIcon;
  title: string;
  count: number;
  keys: string;
  current?: boolean;
  /** Somebody waits for it. */
  wants?: boolean;
  onPress(): void;
}

function Place({ icon: Icon, title, count, keys, current = false, wants = false, onPress }: Props) {
  return (
    <button
      type="button"
      className={style.place}
      aria-current={current ? 'page' : undefined}
      title={`${title} (${keys})`}
      onClick={onPress}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={style.title}>{title}</span>
      {count > 0 && <span className={wants ? style.wanted : style.count}>{count}</span>}
    </button>
  );
}
