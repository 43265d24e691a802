import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { mostListed } from '#contract/most-listed.ts';
import type { Read } from '../state/use-read.ts';
import { IconButton } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Card, Section } from '../ui/page.tsx';
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
  const listed = value !== null && count ? count(value) : undefined;
  return (
    <Section
      title={title}
      count={listed}
      actions={
        <>
          <IconButton
            icon={RotateCw}
            size="small"
            label={`Refresh: ${title}`}
            isDisabled={busy}
            onPress={reload}
          />
          {value !== null && actions}
        </>
      }
    >
      {failure && <FailureNote failure={failure} onRetry={reload} announce={value !== null} />}
      {value !== null ? (
        <div className={busy ? style.busy : undefined} aria-busy={busy}>
          {children(value)}
          {listed !== undefined && listed >= mostListed && (
            <p className={style.cut}>
              The first {mostListed.toLocaleString('en-GB')} are shown; there may be more.
            </p>
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
