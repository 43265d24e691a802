import { Download } from 'lucide-react';
import { useState } from 'react';
import { act } from '../state/call.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Exported } from './exported.tsx';

/** Writes the ledger to a file, and then shows where it is and the hash to keep. */
export function ExportMenu() {
  const [exported, setExported] = useState<{ path: string; rows: number; head: string } | null>(null);

  async function exportAs(format: 'csv' | 'jsonl') {
    const answer = await act('ledger.export', { format });
    if (answer?.path) setExported({ ...answer, path: answer.path });
  }

  return (
    <>
      <Menu
        label="Export the ledger"
        entries={[
          { kind: 'action', id: 'csv', label: 'CSV, for a spreadsheet', run: () => void exportAs('csv') },
          {
            kind: 'action',
            id: 'jsonl',
            label: 'JSON Lines, for a program',
            run: () => void exportAs('jsonl'),
          },
        ]}
      >
        <Button icon={Download}>Export</Button>
      </Menu>
      {exported && <Exported {...exported} onClose={() => setExported(null)} />}
    </>
  );
}
