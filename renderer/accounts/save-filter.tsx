import { type FormEvent, useState } from 'react';
import { useNavigation } from '../state/navigation.ts';
import { changeSidebar, sidebarNow } from '../state/sidebar.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { TextField } from '../ui/text-field.tsx';
import style from './account-list.module.css';

const mostFilters = 30;

/** Gives what the account list is filtered by a name, under which it stands below the field from then on. */
export function SaveFilter({ onClose }: { onClose(): void }) {
  const text = useNavigation((state) => state.filter).trim();
  const tag = useNavigation((state) => state.tag);
  const [name, setName] = useState(() => sanitizeText([tag, text].filter(Boolean).join(' '), 40));
  const [problem, setProblem] = useState<string | undefined>();

  function save(event: FormEvent) {
    event.preventDefault();
    const wanted = sanitizeText(name, 60);
    if (wanted === '') return setProblem('Give the filter a name.');
    const others = sidebarNow().filters.filter((one) => one.name !== wanted);
    if (others.length >= mostFilters)
      return setProblem(
        `${String(mostFilters)} filters are saved, which is as many as can be. Remove one first.`,
      );
    void changeSidebar({ filters: [...others, { name: wanted, text: text.slice(0, 200), tag }] });
    onClose();
  }

  return (
    <Dialog
      title="Save this filter"
      subtitle="It stands under the filter field from then on."
      onClose={onClose}
    >
      <form className={style.form} onSubmit={save} noValidate>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={problem}
          autoComplete="off"
          autoFocus
          maxLength={60}
        />
        <DialogActions
          end={
            <Button variant="quiet" onPress={onClose}>
              Cancel
            </Button>
          }
        >
          <Button type="submit" variant="main">
            Save filter
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
