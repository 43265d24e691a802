import { colours } from '#contract/colours.ts';
import type { Realm } from '../state/types.ts';
import { plain } from './plain.ts';
import style from './realm-mark.module.css';

/** The colour of a realm: the same everywhere and on every desk, made from its id. */
export function realmColour({ id }: Realm): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return `var(--colour-${colours[sum % colours.length]})`;
}

/** A realm's name with its colour beside it, so that one tells at a glance where something acts. */
export function RealmMark({ realm, length = 60 }: { realm: Realm; length?: number }) {
  return (
    <span className={style.realm}>
      <span aria-hidden className={style.mark} style={{ background: realmColour(realm) }} />
      <bdi className={style.name}>{plain(realm.name, length)}</bdi>
    </span>
  );
}
