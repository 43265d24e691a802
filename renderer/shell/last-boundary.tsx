import type { ReactNode } from 'react';
import { Boundary } from '../ui/boundary.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import style from './app.module.css';

/** Around everything: where nothing else has kept a failure to its part, the window can still be loaded again. */
export function LastBoundary({ children }: { children: ReactNode }) {
  return (
    <Boundary
      what="The window"
      instead={() => (
        <main className={style.alone}>
          <h1 className="screen-reader-only">Gatehouse</h1>
          <FailureNote
            failure={{
              kind: 'internal',
              message: 'The window can’t be shown.',
              advice: 'Sessions and endings go on in the background. Load the window again.',
            }}
            onRetry={() => window.location.reload()}
            retryLabel="Load the window again"
          />
        </main>
      )}
    >
      {children}
    </Boundary>
  );
}
