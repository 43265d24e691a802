import type { Session } from './shapes.ts';

/** Whether a person can sign out of a session in this state: it is on its way, waits for them, or is active. */
export const isOpen = (state: Session['state']): boolean =>
  state === 'signing-in' || state === 'waiting' || state === 'active';
