import type { ReactNode } from 'react';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './prompts.module.css';

interface Props {
  title: string;
  subtitle?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

/** What the panel is about at the moment. */
export function PanelCard({ title, subtitle, lead, children }: Props) {
  return (
    <section className={style.card} aria-labelledby="prompt-title">
      <header className={style.cardHead}>
        {lead}
        <div className={style.cardTitles}>
          <h3 className={style.cardTitle} id="prompt-title" dir="auto">
            {sanitizeText(title, 160)}
          </h3>
          {subtitle && (
            <p className={style.cardSource} dir="auto">
              {subtitle}
            </p>
          )}
        </div>
      </header>
      {children}
    </section>
  );
}
