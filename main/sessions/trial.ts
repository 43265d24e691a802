import type { AccountInput } from '#contract/channels.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { Challenge } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { SessionBook } from './book.ts';
import type { Endings } from './endings.ts';
import type { SignInDesk } from './sign-in.ts';

interface TrialOptions {
  accounts: AccountBook;
  book: SessionBook;
  desk: SignInDesk;
  endings: Endings;
  /** Takes away what is over of the trial's account; an ending that is owed keeps it until then. */
  forget(accountId: string): void;
}

export interface TrialOutcome {
  /** What went well, in order, in words. */
  steps: string[];
  /** What a real sign-in would ask for; null when it asks for nothing. */
  needsPrompt: string | null;
}

/**
 * Signs in with what an account form holds and out again. It goes through the same durable doors as every sign-in, so that
 * a crash in the middle leaves nothing behind either. Throws the failure that a sign-in would show.
 */
export function createTrial({ accounts, book, desk, endings, forget }: TrialOptions) {
  return async function tryOut(input: AccountInput, id?: string): Promise<TrialOutcome> {
    const account = accounts.addForTrial(input, id);
    try {
      let asked: Challenge['kind'] | null = null;
      const instead = (ask: Challenge) => {
        asked = ask.kind;
      };
      const sessionId = desk.signIn({ accountId: account.id, instead }, 'window');
      await desk.settled(sessionId);
      const failure = book.get(sessionId)?.failure;
      if (failure) throw new GatehouseError(failure);
      const steps = [`${new URL(account.baseUrl).host} answered.`, 'The credentials were accepted.'];
      const needsPrompt = asked === null ? null : promptWords[asked];
      if (needsPrompt) steps.push(`It then asks for ${needsPrompt}.`);
      desk.cancel(sessionId, 'window');
      await endings.attempt(sessionId);
      const left = book.ending(sessionId)?.lastFailure;
      if (left) steps.push(`The test session is still being ended: ${left.message}`);
      else if (book.get(sessionId)?.endedHow === 'possibly-alive')
        steps.push('The test session may be alive at the vendor; it is listed under “not confirmed”.');
      else steps.push('The test session was ended again.');
      return { steps, needsPrompt };
    } finally {
      forget(account.id);
    }
  };
}

const promptWords = {
  code: 'a code',
  password: 'a second password',
  'new-password': 'a new password',
  'virtual-keyboard': 'a password on its on-screen keyboard',
  agreements: 'agreements to be accepted',
  choice: 'where to send a code',
  scan: 'a QR code to be scanned',
} satisfies Record<Challenge['kind'], string>;
