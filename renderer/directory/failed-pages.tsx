// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; the note holds a button
import { FailureNote } from '../ui/failure-note.tsx';
import { gridRowHeight } from '../ui/grid-window.ts';
import style from './directory.module.css';
import { type PageCache, pageRows } from './page-cache.ts';

/** Over the rows of each page that could not be loaded: why, and the way to try it again. */
export function FailedPages({ pages, count }: { pages: PageCache; count: number }) {
  return pages.failed().map(({ page, failure }) => {
    const first = page * pageRows;
    const end = Math.min(count, first + pageRows);
    return (
      <div
        key={page}
        role="row"
        aria-rowindex={first + 2}
        className={style.band}
        style={{ top: first * gridRowHeight, height: Math.max(1, end - first) * gridRowHeight }}
      >
        <div role="gridcell" className={style.bandNote}>
          <FailureNote
            failure={failure}
            retryLabel={`Load rows ${(first + 1).toLocaleString('en-GB')} to ${end.toLocaleString('en-GB')}`}
            onRetry={() => pages.retry(page)}
          />
        </div>
      </div>
    );
  });
}
