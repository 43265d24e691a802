import { memo, useState } from 'react';
import { endingWords } from '../sessions/ending-words.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { useSession } from '../state/store.ts';
import type { Receipt } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { fullMoment, moment } from '../ui/words.ts';
import { howWords, inOrder, type Line } from './lines.ts';
import style from './receipts.module.css';

/** So many are drawn until someone asks for all: a thousand endings settle while this is on the screen. */
const first = 100;

/** A line a session: what is still owed stands on top. */
export function ReceiptLines({ receipt }: { receipt: Receipt }) {
  const [all, setAll] = useState(false);
  const lines = inOrder(receipt.lines);
  const shown = all ? lines : lines.slice(0, first);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={style.lines} aria-label="Sessions" tabIndex={0}>
      <ul>
        {shown.map((line) => (
          <LineRow key={line.sessionId} line={line} />
        ))}
      </ul>
      {shown.length < lines.length && (
        <p className={style.more}>
          <Button variant="link" size="small" onPress={() => setAll(true)}>
            Show all {lines.length.toLocaleString('en-GB')}
          </Button>
        </p>
      )}
    </section>
  );
}

const LineRow = memo(
  function LineRow({ line }: { line: Line }) {
    const { words, tone } = howWords[line.how];
    const where = [line.account || 'Removed account', line.realm].filter((part): part is string =>
      Boolean(part),
    );
    return (
      <li className={style.line}>
        <div className={style.who}>
          <bdi className={style.account}>{where.map((part) => plain(part, 60)).join(' · ')}</bdi>
          <Known line={line} />
        </div>
        <Badge tone={tone}>{words}</Badge>
        <span className={style.when}>
          <When line={line} />
        </span>
      </li>
    );
  },
  ({ line: a }, { line: b }) =>
    a.how === b.how && a.words === b.words && a.at === b.at && a.account === b.account,
);

function Known({ line }: { line: Line }) {
  const session = useSession(line.how === 'ending' ? line.sessionId : null);
  const owed = useTimed((now) => (session?.state === 'ending' ? endingWords(session, now) : null));
  return <span className={style.known}>{owed ?? plain(line.words, 300)}</span>;
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
