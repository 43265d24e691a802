import style from './avatar.module.css';
import { colourValue } from './colours.ts';
import { initials } from './sanitize-text.ts';

/** An account's initials on its colour. Decoration: the label always stands beside it. */
export function Avatar({ label, colour, size = 40 }: { label: string; colour: string; size?: 24 | 32 | 40 }) {
  return (
    <span
      aria-hidden
      className={style.avatar}
      style={{
        background: colourValue(colour),
        width: size,
        height: size,
        fontSize: Math.round(size * 0.375),
      }}
    >
      {initials(label)}
    </span>
  );
}
