import { ChevronDown } from 'lucide-react';
import type { Action, Failure, PersonPage } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Menu } from '../ui/menu.tsx';
import { own } from '../ui/own.ts';
import { Card, Section } from '../ui/page.tsx';
import { plain } from '../ui/plain.ts';
import room from '../ui/room.module.css';
import { type Column, Table } from '../ui/table.tsx';
import style from './actions.module.css';
import { cellText } from './cell-text.ts';

type PersonRows = PersonPage['tables'][number];
type Row = PersonRows['rows'][number];

type Props = { table: PersonRows; onChoose(action: Action, rowId: string, words: string): void };

/** Organisations, devices or sessions of a person, with what may be done to each. */
export function PersonTable({ table, onChoose }: Props) {
  const first = table.columns[0]?.id ?? '';
  const acts = table.rows.some(({ actions }) => actions.length > 0);
  const columns: Column<Row>[] = table.columns.map((column, at) => ({
    id: column.id,
    title: plain(column.label, 40),
    ...(at === 0 ? { width: '32%' } : {}),
    cell: ({ cells }) => (
      <bdi title={cellText(own(cells, column.id), 600)}>{cellText(own(cells, column.id), 90) || '–'}</bdi>
    ),
  }));
  if (acts)
    columns.push({
      id: ' actions',
      title: '',
      width: '190px',
      align: 'end',
      cell: (row) => <RowActions row={row} words={cellText(own(row.cells, first), 60)} onChoose={onChoose} />,
    });
  const failure: Failure | null = table.failed ? { kind: 'internal', message: table.failed } : null;
  return (
    <Section title={plain(table.title, 60)} count={failure ? undefined : table.rows.length}>
      {failure ? (
        <FailureNote failure={failure} announce={false} />
      ) : table.rows.length === 0 ? (
        <Card>
          <p className={room.none}>{plain(table.empty, 200)}</p>
        </Card>
      ) : (
        <Table label={plain(table.title, 60)} columns={columns} rows={table.rows} rowKey={({ id }) => id} />
      )}
    </Section>
  );
}

function RowActions({ row, words, onChoose }: { row: Row; words: string } & Pick<Props, 'onChoose'>) {
  const offered = row.actions.filter(({ missingRight }) => !missingRight);
  const [only] = offered;
  if (row.actions.length === 0) return null;
  if (offered.length === 1 && row.actions.length === 1 && only)
    return (
      <Button
        variant="link"
        size="small"
        aria-label={`${plain(only.label, 60)}: ${words}`}
        onPress={() => onChoose(only, row.id, words)}
      >
        {plain(only.label, 40)}
      </Button>
    );
  return (
    <span className={style.rowActions}>
      <Menu
        label={`What can be done with ${words}`}
        entries={row.actions.map((action) =>
          action.missingRight
            ? {
                kind: 'action',
                id: action.id,
                label: `${plain(action.label, 40)}: needs ${plain(action.missingRight, 60)}`,
                disabled: true,
                run: () => undefined,
              }
            : {
                kind: 'action',
                id: action.id,
                label: plain(action.label, 60),
                danger: action.danger,
                run: () => onChoose(action, row.id, words),
              },
        )}
      >
        <Button variant="link" size="small" aria-label={`Actions: ${words}`}>
          Actions
          <ChevronDown size={14} strokeWidth={2} aria-hidden />
        </Button>
      </Menu>
    </span>
  );
}
