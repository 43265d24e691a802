import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { mostListed } from '#contract/shapes.ts';
import { IconButton } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Card, Section } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { Load } from './loads.ts';
import style from './sessions.module.css';

type Props<T> = {
  title: string;
  load: Load<T>;
  onReload(): void;
  count?: (value: T) => number;
  actions?: ReactNode;
  children(value: T): ReactNode;
};

/** A section with its own skeleton, its own failure with retry, and refresh. */
export function Loaded<T>({ title, load, onReload, count, actions, children }: Props<T>) {
  const { value, failure, busy } = load;
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
            onPress={onReload}
          />
          {value !== null && actions}
        </>
      }
    >
      {failure && <FailureNote failure={failure} onRetry={onReload} announce={value !== null} />}
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
