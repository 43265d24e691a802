import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { mostListed } from '#contract/most-listed.ts';
import type { Read } from '../state/use-read.ts';
import { IconButton } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatNumber } from '../ui/format.ts';
import { Card, Section } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import style from './sessions.module.css';

interface Props<T> {
  title: string;
  read: Read<T>;
  count?: (value: T) => number;
  actions?: ReactNode;
  children(value: T): ReactNode;
}

/** A section with its own skeleton, its own failure with retry, and refresh. */
export function ReadSection<T>({ title, read, count, actions, children }: Props<T>) {
  const { value, failure, busy, reload } = read;
  // What a server has not is no fault, and trying again brings nothing.
  const lacks = failure?.kind === 'not-found' && value === null;
  const listed = value !== null && count ? count(value) : undefined;
  return (
    <Section
      title={title}
      count={listed}
      actions={
        <>
          {!lacks && (
            <IconButton
              icon={RotateCw}
              size="small"
              label={`Refresh: ${title}`}
              isDisabled={busy}
              onPress={reload}
            />
          )}
          {value !== null && actions}
        </>
      }
    >
      {lacks && <p className={style.lacks}>{sanitizeText(failure.message, 300)}</p>}
      {failure && !lacks && <FailureNote failure={failure} onRetry={reload} announce={value !== null} />}
      {value !== null ? (
        <div className={busy ? style.busy : undefined} aria-busy={busy}>
          {children(value)}
          {listed !== undefined && listed >= mostListed && (
            <p className={style.lacks}>The first {formatNumber(mostListed)} are shown; there may be more.</p>
          )}
        </div>
      ) : (
        !failure && (
          <Card>
            <Skeleton rows={3} label={`Loading: ${title}`} />
          </Card>
        )
      )}
    </Section>
  );
}
