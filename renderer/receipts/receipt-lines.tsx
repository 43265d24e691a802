import { memo, type UIEvent, useEffect, useState } from 'react';
import { endingWords } from '../sessions/ending-words.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { theApp, useApp, useSession, useVendor } from '../state/store.ts';
import { Badge } from '../ui/badge.tsx';
import { RowButton } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { fullMoment, moment } from '../ui/words.ts';
import { howWords, inOrder, type Line } from './lines.ts';
import style from './receipts.module.css';

const rowHeight = 50; // px, at least
/** More are drawn when the last one comes as near as this, in px. */
const near = 400;

/** As many rows as surely fill what is seen of the list; so many more are drawn each time. */
const aScreen = (): number => Math.ceil((window.innerHeight * 0.46) / rowHeight) + 2;

/** A line a session: what is still owed stands on top. Sorted once a second, so that rows can be read while others settle. */
export function ReceiptLines({ receiptId }: { receiptId: string }) {
  // The dialog appears in one frame and its rows in the next: both in one is a long one while a thousand sessions end.
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setDrawn(aScreen()));
    return () => cancelAnimationFrame(frame);
  }, []);
  // One string, so that the list is drawn anew only when its order changes.
  const order = useTimed(() => inOrder(theApp().receipts[receiptId]?.lines ?? []).join(' '));
  const places = order === '' ? [] : order.split(' ').map(Number);

  function drawMore({ currentTarget: list }: UIEvent) {
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (left < near && drawn < places.length) setDrawn(drawn + aScreen());
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={style.lines} aria-label="Sessions" tabIndex={0} onScroll={drawMore}>
      <ul>
        {places.slice(0, drawn).map((place) => (
          <LineRow key={place} receiptId={receiptId} place={place} />
        ))}
      </ul>
    </section>
  );
}

const LineRow = memo(function LineRow({ receiptId, place }: { receiptId: string; place: number }) {
  const line = useApp((app) => app.receipts[receiptId]?.lines[place]);
  if (!line) return null;
  const { words, tone } = howWords[line.how];
  const where = [line.account || 'Removed account', line.realm].filter((part) => part !== null);
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
});

function Known({ line }: { line: Line }) {
  const session = useSession(line.how === 'ending' ? line.sessionId : null);
  const owed = useTimed((now) => (session?.state === 'ending' ? endingWords(session, now) : null));
  const vendor = useVendor(line.vendor);
  // What the badge says already is not said twice.
  const words = line.words === howWords[line.how].words ? (vendor?.name ?? '') : line.words;
  return <span className={style.known}>{owed ?? plain(words, 300)}</span>;
}

function When({ line }: { line: Line }) {
  const words = useTimed((now) => (line.at === null ? null : moment(line.at, now)));
  if (line.at !== null) return <span title={fullMoment(line.at)}>{words}</span>;
  return (
    <RowButton
      label={`Try now: ${plain(line.account, 60)}`}
      onPress={() => act('sessions.tryEndingNow', { sessionId: line.sessionId })}
    >
      Try now
    </RowButton>
  );
}
