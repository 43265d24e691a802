import { CircleAlert, RotateCw, X } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import type { Failure } from '../state/types.ts';
import { Button, IconButton } from './button.tsx';
import { formatDuration } from './format.ts';
import style from './note.module.css';
import { sanitizeText } from './sanitize-text.ts';

interface Props {
  failure: Failure;
  onRetry?: (() => void) | undefined;
  retryLabel?: string;
  onDismiss?: (() => void) | undefined;
  /** Announced at once; off where the note is there when the page opens. */
  announce?: boolean;
}

/** A failure for people: what happened, what to do, and the way to do it. */
export function FailureNote({
  failure,
  onRetry,
  retryLabel = 'Try again',
  onDismiss,
  announce = true,
}: Props) {
  const { until } = failure;
  const wait = useTimed((now) => (until !== undefined && until > now ? formatDuration(until - now) : null));
  const status = failure.status === undefined ? undefined : `Status ${failure.status}`;
  const code = [status, failure.vendorCode].filter((part) => part !== undefined).join(' · ');
  return (
    <div className={`${style.note} ${style.bad}`} role={announce ? 'alert' : 'group'}>
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
      <div className={style.body}>
        <p className={style.message}>{sanitizeText(failure.message, 600)}</p>
        {failure.advice && <p>{sanitizeText(failure.advice, 600)}</p>}
        {failure.missingRight && <p>Missing right: {sanitizeText(failure.missingRight)}</p>}
        {code && <p className={style.code}>{sanitizeText(code)}</p>}
      </div>
      {onRetry && (
        <Button size="small" icon={RotateCw} onPress={onRetry} isDisabled={wait !== null}>
          {wait ? `${retryLabel} in ${wait}` : retryLabel}
        </Button>
      )}
      {onDismiss && <IconButton size="small" icon={X} label="Dismiss" onPress={onDismiss} />}
    </div>
  );
}
