import type { Challenge } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

type Scan = Extract<Challenge, { kind: 'scan' }>;
export interface ScanStep {
  state: 'done' | 'now' | 'later' | 'bad';
  title: string;
  text: string;
}

/** The way of a scan in three steps. `app` is the vendor's name; `drawn` is whether the code could be drawn. */
export function scanSteps(
  { stage, listening, phoneShows, enrols }: Scan,
  app: string,
  drawn: boolean,
): ScanStep[] {
  const hears =
    listening === 'socket' ? 'Listening on the server’s socket.' : 'Asking the server every few seconds.';
  const shows = phoneShows
    ? `It will show: “${sanitizeText(phoneShows, 120)}”.`
    : 'It may not show where this sign-in comes from.';
  const ready: ScanStep = {
    state: 'done',
    title: 'Code is ready',
    text: `Open the ${sanitizeText(app, 40)} app and point it here.`,
  };
  switch (stage) {
    case 'ready':
      if (!drawn)
        return [
          {
            state: 'bad',
            title: 'No code to scan',
            text: 'What the server sent is more than a QR code can hold.',
          },
          { state: 'later', title: 'Confirm on the phone', text: shows },
        ];
      return [
        ready,
        { state: 'now', title: 'Waiting for the scan', text: hears },
        { state: 'later', title: 'Confirm on the phone', text: shows },
      ];
    case 'scanned':
      return [
        ready,
        { state: 'done', title: 'Scanned', text: 'A phone has read the code.' },
        { state: 'now', title: 'Waiting for the phone', text: `Confirm on the phone. ${shows}` },
      ];
    case 'pushed':
      return [
        ready,
        { state: 'done', title: 'Pushed to the phone', text: `Scanning still works too. ${hears}` },
        { state: 'now', title: 'Waiting for the phone', text: `Confirm on the phone. ${shows}` },
      ];
    case 'approved':
      return [
        ready,
        { state: 'done', title: 'Scanned', text: 'The phone has answered.' },
        {
          state: 'done',
          title: enrols ? 'Enrolled' : 'Approved on the phone',
          text: 'The session is being opened.',
        },
      ];
    case 'refused':
      return [
        ready,
        { state: 'done', title: 'Answered', text: 'A phone has answered.' },
        {
          state: 'bad',
          title: 'Refused on the phone',
          text: enrols
            ? 'No phone was enrolled. Cancel, and choose “Enrol a new phone” again.'
            : 'Nobody was signed in.',
        },
      ];
    case 'no-account':
      return [
        ready,
        { state: 'done', title: 'Scanned', text: 'A phone has read the code.' },
        {
          state: 'bad',
          title: 'No account on that phone',
          text: 'The phone that scanned is not registered with this server. Scan with one that is, or register it first.',
        },
      ];
  }
}

/** Whether this code can still be scanned. */
export const canScan = (stage: Scan['stage']): boolean => stage === 'ready' || stage === 'pushed';
