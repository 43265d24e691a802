import { liveSessions } from '../live/live-rows.ts';
import { isSettled } from '../receipts/receipt-lines.ts';
import { useNavigation } from '../state/navigation.ts';
import { useAppList } from '../state/store.ts';
import { type Place, placeKeys, places } from './place-list.ts';
import style from './places.module.css';

/** Over the shifts and accounts: the places that are about all of them. */
export function Places() {
  const at = useNavigation((state) => state.route.at);
  const counts: Partial<Record<Place['id'], number>> = useAppList((app) => ({
    live: liveSessions(app.sessions).length,
    'needs-you': Object.keys(app.prompts).length,
    ledger: Object.values(app.receipts).filter((receipt) => !isSettled(receipt)).length,
  }));
  return (
    <nav className={style.places} aria-label="Places">
      {places.map((place, index) => (
        <PlaceButton
          key={place.id}
          place={place}
          keys={placeKeys(index)}
          count={counts[place.id] ?? 0}
          current={place.at.includes(at)}
        />
      ))}
    </nav>
  );
}

interface Props {
  place: Place;
  keys: string;
  count: number;
  current: boolean;
}

/** Those that count what somebody waits for. */
const wanting: ReadonlySet<Place['id']> = new Set<Place['id']>(['needs-you', 'ledger']);

function PlaceButton({ place: { id, title, icon: Icon, open }, keys, count, current }: Props) {
  return (
    <button
      type="button"
      className={style.place}
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={keys.replace('Ctrl ', 'Control+')}
      title={`${title} (${keys})`}
      onClick={open}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={style.title}>{title}</span>
      <kbd className={style.keys} aria-hidden>
        {keys}
      </kbd>
      {count > 0 && <span className={wanting.has(id) ? style.wanted : style.count}>{count}</span>}
    </button>
  );
}
