import { useTimed } from '../state/clock.ts';
import type { Failure } from '../state/types.ts';
import { formatDuration } from '../ui/format.ts';

/** How long to wait until it makes sense to try again, as "40 s"; null when there is nothing to wait for. */
export function useWait(failure: Failure | null): string | null {
  const until = failure?.until;
  return useTimed((now) => (until !== undefined && until > now ? formatDuration(until - now + 999) : null));
}
