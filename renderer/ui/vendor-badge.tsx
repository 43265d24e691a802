import { initials, sanitizeText } from './sanitize-text.ts';
import style from './vendor-badge.module.css';

/** A vendor in a letter, where nothing else in sight says which one it is; `name` is what is read out. */
export function VendorBadge({ name }: { name: string }) {
  const clean = sanitizeText(name, 40);
  return (
    <span role="img" aria-label={clean} title={clean} className={style.badge}>
      {initials(clean).slice(0, 1)}
    </span>
  );
}
