import { useState } from 'react';
import { resetField } from '../forms/form-values.ts';
import { showToast } from '../state/toasts.ts';
import type { Action, Outcome, PersonPage } from '../state/types.ts';
import { Section } from '../ui/page.tsx';
import { ActionButtons } from './action-buttons.tsx';
import { ActionDialog } from './action-dialog.tsx';
import type { ActChannel } from './action-form.tsx';
import style from './directory.module.css';
import { PersonFacts } from './person-facts.tsx';
import { nameOf, PersonHeader } from './person-header.tsx';
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

/** A person, or one's own login: who it is, facts, what may be done, and the tables that the vendor has. */
export function PersonView({ page, busy, channel, sessionId, target, onDone }: Props) {
  const [acting, setActing] = useState<Acting | null>(null);
  const name = nameOf(page);
  const onPerson = (action: Action) => setActing({ action, target, about: name });
  const held = page.actions.filter(({ missingRight }) => !missingRight);
  const reset = held.find((action) => resetField(action));
  const editOf = ({ edit }: PersonPage['facts'][number]) => held.find(({ id }) => id === edit);
  const placed = new Set<Action | undefined>([reset, ...page.facts.map(editOf)]);
  const others = page.actions.filter((action) => !placed.has(action));
  return (
    <div className={style.person} aria-busy={busy}>
      <PersonHeader page={page} onReset={reset && (() => onPerson(reset))} />
      {page.facts.length > 0 && (
        <PersonFacts
          facts={page.facts}
          editOf={editOf}
          channel={channel}
          sessionId={sessionId}
          target={target}
          onDone={(outcome) => {
            showToast({ tone: 'ok', text: outcome.message });
            onDone(outcome);
          }}
        />
      )}
      {others.length > 0 && (
        <Section title="What can be done">
          <ActionButtons actions={others} onChoose={onPerson} />
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
