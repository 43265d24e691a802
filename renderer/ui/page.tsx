import type { ReactNode } from 'react';
import { Boundary } from './boundary.tsx';
import style from './page.module.css';

interface HeaderProps {
  title: ReactNode;
  subtitle?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Cuts a long title and subtitle where they would take a second line. */
  oneLine?: boolean;
}

/** The head of a page: what it is about, and what can be done with the whole of it. */
export function PageHeader({ title, subtitle, lead, actions, oneLine = false }: HeaderProps) {
  return (
    <header className={`${style.header} ${oneLine ? style.oneLine : ''}`}>
      {lead}
      <div className={style.titles}>
        <h1 className={style.title}>{title}</h1>
        {subtitle && <p className={style.subtitle}>{subtitle}</p>}
      </div>
      {actions && <div className={style.actions}>{actions}</div>}
    </header>
  );
}

interface ScrollProps {
  children: ReactNode;
  /** Tints the page as practice. */
  practice?: boolean;
  narrow?: boolean;
  dense?: boolean;
}

/** What fills the main pane and scrolls as a whole. */
export function ScrollPage({ children, practice = false, narrow = false, dense = false }: ScrollProps) {
  return (
    <div className={`${style.scroll} ${practice ? style.practice : ''}`}>
      <div className={`${style.page} ${narrow ? style.narrow : ''} ${dense ? style.dense : ''}`}>
        {children}
      </div>
    </div>
  );
}

/** A page with a header of its own. */
export function Page({
  children,
  practice = false,
  narrow = false,
  ...header
}: Omit<HeaderProps, 'oneLine'> & Omit<ScrollProps, 'dense'>) {
  return (
    <ScrollPage practice={practice} narrow={narrow}>
      <PageHeader {...header} />
      {children}
    </ScrollPage>
  );
}

interface SectionProps {
  title: string;
  /** The number behind the title. */
  count?: number | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page; what it can't draw leaves the rest of the page as it is. */
export function Section({ title, count, actions, children }: SectionProps) {
  return (
    <section className={style.section} aria-label={title}>
      <header className={style.sectionHeader}>
        <h2 className={style.sectionTitle}>{title}</h2>
        {count !== undefined && <span className={style.count}>{count}</span>}
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      <Boundary what={title} renewOn={children}>
        {children}
      </Boundary>
    </section>
  );
}

/** Facts side by side on one card. */
export function Facts({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className={style.facts}>
      {facts.map((fact) => (
        <div key={fact.label} className={style.fact}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A card that holds one thing. */
export function Card({ children }: { children: ReactNode }) {
  return <div className={style.card}>{children}</div>;
}
