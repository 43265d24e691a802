import { Download, X } from 'lucide-react';
import { useState } from 'react';
import { act, asFailure, call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { DirectoryQuery } from '../state/types.ts';
import { IconButton } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import style from '../ui/room.module.css';
import { count } from '../ui/words.ts';

type Props = { sessionId: string; query: DirectoryQuery; columns: string[] };

/** Writes the whole query to a CSV file; says how far it is and can be stopped. */
export function ExportButton({ sessionId, query, columns }: Props) {
  const progress = useApp((app) => app.exports[sessionId]);
  const [asking, setAsking] = useState(false);

  async function run() {
    setAsking(true);
    try {
      const { path, rows } = await call('people.export', { sessionId, query, columns });
      if (path)
        showToast({ tone: 'ok', text: `${count(rows, 'person', 'people')} written to ${plain(path, 200)}` });
    } catch (error) {
      const failure = asFailure(error);
      // Stopping it was the person's own wish.
      showToast(
        failure.kind === 'cancelled' ? { tone: 'plain', text: failure.message } : { tone: 'bad', failure },
      );
    } finally {
      setAsking(false);
    }
  }

  if (progress) {
    const { rows, total } = progress;
    const words =
      total === null
        ? `${rows.toLocaleString('en-GB')} written`
        : `${rows.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`;
    return (
      <span className={style.exporting}>
        <ProgressBar label={`Export: ${words}`} value={total ? rows / total : 0} />
        <span className={style.secondary}>{words}</span>
        <IconButton
          icon={X}
          size="small"
          label="Stop the export"
          onPress={() => act('people.cancelExport', { sessionId })}
        />
      </span>
    );
  }
  return (
    <IconButton
      icon={Download}
      label="Export as CSV"
      variant="plain"
      isDisabled={asking}
      onPress={() => void run()}
    />
  );
}
