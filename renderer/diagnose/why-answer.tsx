import { useAppList } from '../state/store.ts';
import type { Finding } from '../state/types.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatCount } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { FindingRow, OpenPerson } from './finding-row.tsx';
import type { Verdict } from './verdict.ts';
import style from './why.module.css';
import { WhyCard } from './why-card.tsx';

interface Props {
  email: string;
  verdict: Verdict;
  onReload(sessionId: string): void;
}

/** The verdict and what mends it, then who knows them, then one line of those that say nothing. */
export function WhyAnswer({ email, verdict, onReload }: Props) {
  const { asking, causes, known, failed, others } = verdict;
  const asked = asking + known.length + failed.length + others.length;
  const stopping = [...new Set(causes.map(({ sessionId }) => sessionId))];
  const labels = useLabels(stopping);
  const row = (sessionId: string, finding: Finding, shows = false) => (
    <FindingRow
      key={`${sessionId} ${finding.text} ${finding.personId ?? ''}`}
      sessionId={sessionId}
      email={email}
      finding={finding}
      shows={shows}
      onDone={() => onReload(sessionId)}
    />
  );
  return (
    <>
      <div className={`${style.verdict} ${stopping.length > 0 ? style.stopped : ''}`}>
        <div role="status">
          <h2 className={style.headline}>{headline(verdict, email, labels)}</h2>
        </div>
        {asking > 0 && (
          <div className={style.asking}>
            <ProgressBar label="Answered" value={(asked - asking) / asked} />
            <span className={style.where}>
              {asked - asking} of {formatCount(asked, 'live session')} answered
            </span>
          </div>
        )}
        {stopping.map((sessionId) => (
          <WhyCard key={sessionId} sessionId={sessionId} says="stops them">
            <ul className={style.findings}>
              {causes
                .filter((cause) => cause.sessionId === sessionId)
                .map(({ finding }, at) => row(sessionId, finding, at === 0))}
            </ul>
          </WhyCard>
        ))}
      </div>
      {(known.length > 0 || failed.length > 0) && (
        <div className={style.cards}>
          {known.map(({ sessionId, findings, personId }) => (
            <WhyCard
              key={sessionId}
              sessionId={sessionId}
              says="knows them"
              end={personId && <OpenPerson sessionId={sessionId} personId={personId} />}
            >
              {findings.length > 0 && (
                <ul className={style.findings}>{findings.map((finding) => row(sessionId, finding))}</ul>
              )}
            </WhyCard>
          ))}
          {failed.map(({ sessionId, failure }) => (
            <WhyCard key={sessionId} sessionId={sessionId} says="did not answer">
              <FailureNote failure={failure} onRetry={() => onReload(sessionId)} announce={false} />
            </WhyCard>
          ))}
        </div>
      )}
      {others.length > 0 && (
        <details className={style.others}>
          <summary>{othersInWords(others)}</summary>
          <div className={style.cards}>
            {others.map(({ sessionId, findings, failure }) => (
              <WhyCard key={sessionId} sessionId={sessionId} says={failure ? 'may not look' : 'knows nobody'}>
                {findings.length > 0 ? (
                  <ul className={style.findings}>{findings.map((finding) => row(sessionId, finding))}</ul>
                ) : (
                  <p className={style.where}>
                    {failure ? sanitizeText(failure.message, 300) : 'Knows nobody of that name.'}
                  </p>
                )}
              </WhyCard>
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function headline(
  { asking, causes, known, failed }: Verdict,
  email: string,
  labels: readonly string[],
): string {
  if (causes.length > 0) return `Stopped at ${inWords(labels)}`;
  if (asking > 0) return 'Asking';
  const who = sanitizeText(email, 80);
  if (known.length > 0) return `Nothing that is seen stops ${who}`;
  if (failed.length > 0) return 'Not everybody could be asked';
  return `No live session knows ${who}`;
}

function othersInWords(others: Verdict['others']): string {
  const refused = others.filter(({ failure }) => failure).length;
  const unknown = others.length - refused;
  const parts = [
    unknown > 0
      ? `${formatCount(unknown, 'session')} ${unknown === 1 ? 'knows' : 'know'} nobody of that name`
      : '',
    refused > 0 ? `${formatCount(refused, 'session')} may not look` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

const mostNamed = 3;

/** "Northwind, Harbour and 2 more". */
function inWords(labels: readonly string[]): string {
  const named = labels.slice(0, mostNamed);
  const more = labels.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1) ?? ''}` : (named[0] ?? '');
}

/** The names of the accounts of these sessions, each once. */
function useLabels(sessionIds: readonly string[]): readonly string[] {
  return useAppList((app) => [
    ...new Set(
      sessionIds.flatMap((id) => {
        const label = app.accounts[app.sessions[id]?.accountId ?? '']?.label;
        return label ? [sanitizeText(label, 60)] : [];
      }),
    ),
  ]);
}
