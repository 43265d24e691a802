import type { Tone } from '../ui/badge.tsx';
import { ownValue } from '../ui/own-value.ts';

interface Event {
  id: string;
  words: string;
  tone: Tone;
}

/** Every event that Gatehouse writes, in the words of the screen. */
export const events: readonly Event[] = [
  { id: 'opened', words: 'Opened', tone: 'ok' },
  { id: 'prompted', words: 'Prompted', tone: 'wait' },
  { id: 'refused', words: 'Refused', tone: 'bad' },
  { id: 'failed', words: 'Failed', tone: 'bad' },
  { id: 'refreshed', words: 'Refreshed', tone: 'off' },
  { id: 'switched', words: 'Switched realm', tone: 'accent' },
  { id: 'handed-over', words: 'Handed over', tone: 'accent' },
  { id: 'copied', words: 'Copied', tone: 'accent' },
  { id: 'admin', words: 'Admin action', tone: 'accent' },
  { id: 'expired', words: 'Expired', tone: 'off' },
  { id: 'ending-ordered', words: 'Ending ordered', tone: 'wait' },
  { id: 'sign-out-undone', words: 'Sign-out undone', tone: 'ok' },
  { id: 'ended', words: 'Ended here', tone: 'off' },
  { id: 'confirmed', words: 'Ended, confirmed', tone: 'ok' },
  { id: 'possibly-alive', words: 'Possibly alive', tone: 'bad' },
  { id: 'account-added', words: 'Account added', tone: 'off' },
  { id: 'account-changed', words: 'Account changed', tone: 'off' },
  { id: 'account-removed', words: 'Account removed', tone: 'off' },
  { id: 'vault-locked', words: 'Vault locked', tone: 'off' },
  { id: 'vault-unlocked', words: 'Vault unlocked', tone: 'off' },
  { id: 'network-changed', words: 'Network changed', tone: 'off' },
];

const byId = new Map(events.map((event) => [event.id, event]));

/** An event in words; one that this version does not know is shown as it is written. */
export const eventOf = (id: string): Event => byId.get(id) ?? { id, words: id, tone: 'off' };

const actors: Record<string, string> = {
  window: 'Window',
  tray: 'Tray',
  shift: 'Shift',
  timer: 'Timer',
  start: 'Start of Gatehouse',
};

/** By what way something was done, in a sentence's words. */
const ways: Record<string, string> = {
  window: 'The window',
  tray: 'The tray',
  shift: 'Several together: a shift or a selection',
  timer: 'Gatehouse by itself, when it was due',
  start: 'Gatehouse by itself, at its start',
};

export const actorWords = (actor: string): string => ownValue(ways, actor) ?? actor;

export const actorName = (actor: string): string => ownValue(actors, actor) ?? actor;
