import style from './skeleton.module.css';

const widths = [62, 48, 70, 55, 66, 44, 58, 52];

/** Grey lines where up to eight rows will be; says "Loading" to a screen reader. */
export function Skeleton({ rows = 3, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div className={style.skeleton} role="status">
      <span className="screen-reader-only">{label}</span>
      {widths.slice(0, rows).map((width) => (
        <span key={width} className={style.line} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
