import { Play, RotateCcw, X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { TableFoot } from '../ui/table-page.tsx';
import style from './directory.module.css';
import { type AllSearch, mostHits } from './search-all.ts';
import type { AllSearchInHand } from './use-all-search.ts';

const number = (n: number): string => n.toLocaleString('en-GB');

/** Under the table while all pages are looked through: how far it is, what it has found, and the way to stop it. */
export function SearchProgress({ found, start, stop, goOn }: AllSearchInHand & { found: AllSearch }) {
  const { state, read, total, hits, failure } = found;
  const of = total === null ? `${number(read)} searched` : `${number(read)} of ${number(total)} searched`;
  const many = hits.length >= mostHits ? ', more may have these words: type more of them' : '';
  return (
    <>
      {failure && <FailureNote failure={failure} retryLabel="Go on" onRetry={goOn} />}
      <TableFoot status={`${number(hits.length)} found · ${of}${many}`} keys="Enter opens">
        {state === 'running' && (
          <span className={style.searching}>
            <ProgressBar label="Searched" value={total ? read / total : 0} />
            <Button variant="link" size="small" icon={X} onPress={stop}>
              Stop the search
            </Button>
          </span>
        )}
        {state === 'stopped' && (
          <Button variant="link" size="small" icon={Play} onPress={goOn}>
            Go on
          </Button>
        )}
        {state === 'done' && (
          <Button variant="link" size="small" icon={RotateCcw} onPress={start}>
            Search again
          </Button>
        )}
      </TableFoot>
    </>
  );
}
