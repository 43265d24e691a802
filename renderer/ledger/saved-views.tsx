import { Bookmark, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { act, call } from '../state/call.ts';
import type { LedgerView } from '../state/types.ts';
import { useRead } from '../state/use-read.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { TextField } from '../ui/text-field.tsx';
import { isFiltered, isSameQuery, type LedgerQuery, wholeOf } from './ledger-query.ts';

interface Props {
  query: LedgerQuery;
  onChoose(query: LedgerQuery): void;
}

/** Filters under a name: chosen, saved and removed in one menu. */
export function SavedViews({ query, onChoose }: Props) {
  const { value, reload } = useRead('ledger.views');
  const [saving, setSaving] = useState(false);
  const views = value ?? [];
  const now = views.find(({ filter }) => isSameQuery(filter, query));

  async function set(next: LedgerView[]) {
    await call('ledger.setViews', next);
    reload();
  }

  async function remove(gone: LedgerView) {
    await act(
      'ledger.setViews',
      views.filter((view) => view !== gone),
    );
    reload();
  }

  const entries: MenuEntry[] = views.map((view) => ({
    kind: 'action',
    id: `view ${view.name}`,
    label: sanitizeText(view.name, 80),
    run: () => onChoose(view.filter),
  }));
  if (entries.length > 0) entries.push({ kind: 'separator' });
  entries.push({
    kind: 'action',
    id: 'save',
    label: 'Save this view…',
    icon: Bookmark,
    disabled: !isFiltered(query) || now !== undefined,
    run: () => setSaving(true),
  });
  if (now)
    entries.push({
      kind: 'action',
      id: 'remove',
      label: `Remove ${sanitizeText(now.name, 60)}`,
      icon: Trash2,
      danger: true,
      run: () => void remove(now),
    });
  return (
    <>
      <Menu label="Views" entries={entries}>
        <Button icon={Bookmark}>{now ? sanitizeText(now.name, 30) : 'Views'}</Button>
      </Menu>
      {saving && (
        <SaveView
          onClose={() => setSaving(false)}
          onSave={(name) =>
            set([...views.filter((view) => view.name !== name), { name, filter: wholeOf(query) }])
          }
        />
      )}
    </>
  );
}

function SaveView({ onSave, onClose }: { onSave(name: string): Promise<void>; onClose(): void }) {
  const [name, setName] = useState('');
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await onSave(name.trim());
    onClose();
  });
  return (
    <Dialog title="Save this view" onClose={onClose}>
      <form onSubmit={onSubmit}>
        <TextField label="Name" value={name} onChange={setName} maxLength={80} autoFocus />
        {failure && <FailureNote failure={failure} />}
        <DialogActions
          end={
            <Button variant="quiet" onPress={onClose}>
              Cancel
            </Button>
          }
        >
          <Button type="submit" variant="main" isPending={busy} isDisabled={name.trim() === ''}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
