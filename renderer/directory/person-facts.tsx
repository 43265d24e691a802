import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { Action, Outcome, PersonPage } from '../state/types.ts';
import { IconButton } from '../ui/button.tsx';
import { cellText } from '../ui/cell-text.ts';
import page from '../ui/page.module.css';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type ActChannel, ActionForm } from './action-form.tsx';
import style from './directory.module.css';

interface Props {
  facts: PersonPage['facts'];
  /** The action that changes a fact, where there is one. */
  editOf(fact: PersonPage['facts'][number]): Action | undefined;
  channel: ActChannel;
  sessionId: string;
  target: string | undefined;
  onDone(outcome: Outcome): void;
}

/** What the vendor knows of a person; what can be changed is changed where it stands. */
export function PersonFacts({ facts, editOf, onDone, ...where }: Props) {
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <dl className={page.facts}>
      {facts.map((fact) => {
        const label = sanitizeText(fact.label, 60);
        const edit = editOf(fact);
        const open = edit !== undefined && editing === edit.id;
        return (
          <div key={fact.label} className={`${page.fact} ${open ? style.editing : ''}`}>
            <dt>{label}</dt>
            {open ? (
              <dd className={style.editForm}>
                <ActionForm
                  action={edit}
                  {...where}
                  onCancel={() => setEditing(null)}
                  onDone={(outcome) => {
                    setEditing(null);
                    onDone(outcome);
                  }}
                />
              </dd>
            ) : (
              <dd className={style.copied}>
                <bdi>{cellText(fact.value, 300) || '–'}</bdi>
                {edit && (
                  <IconButton
                    icon={Pencil}
                    size="small"
                    label={sanitizeText(edit.label, 60)}
                    onPress={() => setEditing(edit.id)}
                  />
                )}
              </dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
