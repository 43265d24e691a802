import { memo, type UIEvent, useEffect, useState } from 'react';
import { endingText } from '../sessions/ending-text.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { getApp, useApp, useSession, useVendor } from '../state/store.ts';
import { Badge } from '../ui/badge.tsx';
import { RowButton } from '../ui/button.tsx';
import { formatDuration, formatFullTime, formatTime } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { howLabels, inOrder, type Line } from './receipt-lines.ts';
import style from './receipts.module.css';

const rowHeight = 50; // px, at least
/** More are drawn when the last one comes as near as this, in px. */
const near = 400;

/** As many rows as surely fill what is seen of the list; so many more are drawn each time. */
const aScreen = (): number => Math.ceil((window.innerHeight * 0.46) / rowHeight) + 2;

/** A line a session: what is still owed stands on top. Sorted once a second, so that rows can be read while others settle. */
export function ReceiptLineList({ receiptId }: { receiptId: string }) {
  // The dialog appears in one frame and its rows in the next: both in one is a long one while a thousand sessions end.
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setDrawn(aScreen()));
    return () => cancelAnimationFrame(frame);
  }, []);
  // One string, so that the list is drawn anew only when its order changes.
  const order = useTimed(() => inOrder(getApp().receipts[receiptId]?.lines ?? []).join(' '));
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
  const { words, tone } = howLabels[line.how];
  const where = [line.account || 'Removed account', line.realm].filter((part) => part !== null);
  return (
    <li className={style.line}>
      <div className={style.who}>
        <bdi className={style.account}>{where.map((part) => sanitizeText(part, 60)).join(' · ')}</bdi>
        <Known line={line} />
        <WhoAndHowLong line={line} />
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
  const owed = useTimed((now) => (session?.state === 'ending' ? endingText(session, now) : null));
  const vendor = useVendor(line.vendor);
  // What the badge says already is not said twice.
  const words = line.words === howLabels[line.how].words ? (vendor?.name ?? '') : line.words;
  return <span className={style.known}>{owed ?? sanitizeText(words, 300)}</span>;
}

/** Who was signed in, and for how long: until the end, or until now. */
function WhoAndHowLong({ line: { person, openedAt, at } }: { line: Line }) {
  const long = useTimed((now) => (openedAt === null ? null : formatDuration((at ?? now) - openedAt)));
  const parts = [person && sanitizeText(person, 80), long && `open ${long}`].filter(Boolean);
  if (parts.length === 0) return null;
  return <bdi className={style.known}>{parts.join(' · ')}</bdi>;
}

function When({ line }: { line: Line }) {
  const words = useTimed((now) => (line.at === null ? null : formatTime(line.at, now)));
  if (line.at !== null) return <span title={formatFullTime(line.at)}>{words}</span>;
  return (
    <RowButton
      label={`Try now: ${sanitizeText(line.account, 60)}`}
      onPress={() => act('sessions.tryEndingNow', { sessionId: line.sessionId })}
    >
      Try now
    </RowButton>
  );
}
