import { endingWords } from '../sessions/ending-words.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { useSession } from '../state/store.ts';
import type { Receipt } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { type Column, Table } from '../ui/table.tsx';
import { fullMoment, moment } from '../ui/words.ts';
import { howWords, inOrder, type Line } from './lines.ts';
import style from './receipts.module.css';

const columns: Column<Line>[] = [
  {
    id: 'account',
    title: 'Account',
    width: '34%',
    cell: ({ account, realm }) => {
      const words = [account || 'Removed account', realm]
        .filter(Boolean)
        .map((part) => plain(part ?? '', 60));
      return <bdi title={words.join(' · ')}>{words.join(' · ')}</bdi>;
    },
  },
  { id: 'how', title: 'How', width: '182px', cell: ({ how }) => <How how={how} /> },
  { id: 'words', title: 'What is known', cell: (line) => <Known line={line} /> },
  { id: 'at', title: 'When', width: '76px', align: 'end', cell: (line) => <When line={line} /> },
];

/** A line a session: what is still owed stands on top. */
export function ReceiptTable({ receipt }: { receipt: Receipt }) {
  return (
    <div className={style.lines}>
      <Table
        label="Sessions"
        columns={columns}
        rows={inOrder(receipt.lines)}
        rowKey={({ sessionId }) => sessionId}
      />
    </div>
  );
}

function How({ how }: Pick<Line, 'how'>) {
  const { words, tone } = howWords[how];
  return <Badge tone={tone}>{words}</Badge>;
}

function Known({ line }: { line: Line }) {
  const session = useSession(line.how === 'ending' ? line.sessionId : null);
  const owed = useTimed((now) => (session?.state === 'ending' ? endingWords(session, now) : null));
  const words = owed ?? plain(line.words, 200);
  return <span title={words}>{words}</span>;
}

function When({ line }: { line: Line }) {
  const words = useTimed((now) => (line.at === null ? null : moment(line.at, now)));
  if (line.at !== null) return <span title={fullMoment(line.at)}>{words}</span>;
  return (
    <Button
      variant="link"
      size="small"
      aria-label={`Try now: ${plain(line.account, 60)}`}
      onPress={() => act('sessions.tryEndingNow', { sessionId: line.sessionId })}
    >
      Try now
    </Button>
  );
}
