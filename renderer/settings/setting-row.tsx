import type { ReactNode } from 'react';
import style from './settings.module.css';

/** One line of a settings card: the control stands at its end. */
export function SettingRow({ children }: { children: ReactNode }) {
  return <div className={style.row}>{children}</div>;
}

/** A line that states something, with an action at its end. */
export function FactRow({
  label,
  help,
  children,
}: {
  label: string;
  help?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={style.fact}>
      <div className={style.words}>
        <p>{label}</p>
        {help && <p className={style.help}>{help}</p>}
      </div>
      {children && <div className={style.end}>{children}</div>}
    </div>
  );
}
