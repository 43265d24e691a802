import { useState } from 'react';
import type { Action, Outcome, PersonPage } from '../state/types.ts';
import { cellText } from '../ui/cell-text.ts';
import { Facts, Section } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { ActionButtons } from './action-buttons.tsx';
import { ActionDialog } from './action-dialog.tsx';
import type { ActChannel } from './action-form.tsx';
import style from './directory.module.css';
import { PersonTable } from './person-table.tsx';

interface Props {
  page: PersonPage;
  /** It is being read anew. */
  busy: boolean;
  channel: ActChannel;
  sessionId: string;
  /** The person; absent for one's own login. */
  target?: string;
  onDone(outcome: Outcome): void;
}

interface Acting {
  action: Action;
  target: string | undefined;
  about: string;
}

/** A person, or one's own login: facts, what may be done, and the tables that the vendor has. */
export function PersonView({ page, busy, channel, sessionId, target, onDone }: Props) {
  const [acting, setActing] = useState<Acting | null>(null);
  const name = sanitizeText(page.name, 120) || 'Without a name';
  return (
    <div className={style.person} aria-busy={busy}>
      <div>
        <h2 className={style.personName}>
          <bdi>{name}</bdi>
        </h2>
        {page.detail && (
          <p className={style.personDetail}>
            <bdi>{sanitizeText(page.detail, 200)}</bdi>
          </p>
        )}
      </div>
      {page.facts.length > 0 && (
        <Facts
          facts={page.facts.map(({ label, value }) => ({
            label: sanitizeText(label, 60),
            value: <bdi>{cellText(value, 300) || '–'}</bdi>,
          }))}
        />
      )}
      {page.actions.length > 0 && (
        <Section title="What can be done">
          <ActionButtons
            actions={page.actions}
            onChoose={(action) => setActing({ action, target, about: name })}
          />
        </Section>
      )}
      {page.tables.map((table) => (
        <PersonTable
          key={table.title}
          table={table}
          onChoose={(action, row, words) => setActing({ action, target: row, about: `${name} · ${words}` })}
        />
      ))}
      {acting && (
        <ActionDialog
          key={`${acting.action.id} ${acting.target ?? ''}`}
          action={acting.action}
          channel={channel}
          sessionId={sessionId}
          target={acting.target}
          about={acting.about}
          onClose={() => setActing(null)}
          onDone={onDone}
        />
      )}
    </div>
  );
}
