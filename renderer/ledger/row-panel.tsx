import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import type { Failure, LedgerRow } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatDuration, formatFullTime } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './ledger.module.css';
import { subjectOf } from './ledger-cells.tsx';
import { actorWords, eventOf } from './ledger-events.ts';

interface Props {
  row: LedgerRow;
  onClose(): void;
  /** Shows what was done for this person. */
  onPerson(person: string): void;
}

/** A whole row, and what else happened in its session, the first thing first. */
export function RowPanel({ row, onClose, onPerson }: Props) {
  const vendor = useApp((app) => app.vendors.find(({ id }) => id === row.vendor)?.name ?? row.vendor);
  const subject = subjectOf(row);
  const facts: [string, string | null][] = [
    ['Time', formatFullTime(row.at)],
    ['Used the computer', row.osUser],
    ['Computer', row.machine],
    ['By way of', actorWords(row.actor)],
    ['Signed in as', row.signedInAs],
    ['Account', row.accountLabel],
    ['Vendor', vendor],
    ['Realm', row.realmName],
    ['Person', subject || null],
    ['Detail', row.detail],
    ['Hash', row.hash],
  ];
  return (
    <aside className={style.panel} aria-label={`Row ${row.seq.toLocaleString('en-GB')}`}>
      <header className={style.panelHead}>
        <h2>Row {row.seq.toLocaleString('en-GB')}</h2>
        <Badge tone={eventOf(row.event).tone}>{eventOf(row.event).words}</Badge>
        <span className={style.panelClose}>
          <IconButton size="small" icon={X} label="Close the row (Escape)" onPress={onClose} />
        </span>
      </header>
      <dl className={style.facts}>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={label === 'Hash' ? style.hash : undefined} dir="auto">
                  {sanitizeText(value, 400)}
                </dd>
              </div>
            ),
        )}
      </dl>
      {row.subjectName !== null && (
        <Button size="small" onPress={() => onPerson(row.subjectName!)}>
          Everything for this person
        </Button>
      )}
      {row.sessionId && <Chain key={row.sessionId} sessionId={row.sessionId} now={row.seq} />}
    </aside>
  );
}

/** A session has far fewer rows; of one that has more, the latest. */
const most = 200;

function Chain({ sessionId, now }: { sessionId: string; now: number }) {
  const [rows, setRows] = useState<readonly LedgerRow[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let current = true;
    call('ledger.page', { limit: most, sessionId }).then(
      (found) => current && setRows(found.toReversed()),
      (error) => current && setFailure(asFailure(error)),
    );
    return () => {
      current = false;
    };
  }, [sessionId]);
  const first = rows[0];
  const last = rows.at(-1);
  return (
    <section className={style.chain} aria-label="The session of this row">
      <h3>
        Its session
        {first && last && rows.length > 1 && <span>{formatDuration(last.at - first.at)}</span>}
      </h3>
      {failure && <FailureNote failure={failure} />}
      <ol>
        {rows.map((row) => (
          <li key={row.seq} aria-current={row.seq === now ? 'true' : undefined}>
            <span className={style.chainTime}>{formatFullTime(row.at)}</span>
            <strong>{eventOf(row.event).words}</strong>
            {row.detail && <bdi>{sanitizeText(row.detail, 200)}</bdi>}
          </li>
        ))}
      </ol>
    </section>
  );
}
