import type { RealmRefusal } from '../state/types.ts';
import { formatTime } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** "Refused 16:02: The panel did not accept …" */
export const refusalText = ({ at, message }: RealmRefusal, now: number, length = 300): string =>
  `Refused ${formatTime(at, now)}: ${sanitizeText(message, length)}`;
