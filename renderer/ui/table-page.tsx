import type { ReactNode } from 'react';
import page from './page.module.css';
import style from './table-page.module.css';

/** A page whose table fills what its header, tools and foot leave, and scrolls by itself. */
export function TablePage({ practice = false, children }: { practice?: boolean; children: ReactNode }) {
  return <div className={`${style.full} ${practice ? page.practice : ''}`}>{children}</div>;
}

/** Which rows are shown; `end` stands at the far end. */
export function Toolbar({ label, children, end }: { label: string; children: ReactNode; end: ReactNode }) {
  return (
    <div className={style.tools} role="toolbar" aria-label={label}>
      {children}
      <span className={style.toolsEnd}>{end}</span>
    </div>
  );
}

/** The search field of a toolbar: it takes the room that is left. */
export function ToolbarSearch({ children }: { children: ReactNode }) {
  return <div className={style.search}>{children}</div>;
}

/** The room that the table fills. */
export function TableArea({ children }: { children: ReactNode }) {
  return <div className={style.table}>{children}</div>;
}

/** In place of a table: a sentence in the middle of its room. */
export function TableCentre({ children }: { children: ReactNode }) {
  return <div className={style.centre}>{children}</div>;
}

/** Under a table: how much of it is here, what may be done about it, and the keys that work in it. */
export function TableFoot({
  status,
  keys,
  children,
}: {
  status: ReactNode;
  keys: string;
  children?: ReactNode;
}) {
  return (
    <footer className={style.foot}>
      <span role="status">{status}</span>
      {children}
      <span className={style.footEnd}>{keys}</span>
    </footer>
  );
}
