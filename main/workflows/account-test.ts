import type { AccountInput } from '#contract/channels.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { Challenge, Realm } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Sessions } from '../sessions/index.ts';

interface AccountTestOptions {
  accounts: AccountBook;
  sessions: Pick<
    Sessions,
    'signIn' | 'quiet' | 'get' | 'memberships' | 'ending' | 'end' | 'tryEndingNow' | 'forgetAccount'
  >;
}

export interface AccountTestResult {
  /** What went well, in order, in words. */
  steps: string[];
  /** What a real sign-in would ask for; null when it asks for nothing. */
  needsPrompt: string | null;
  /** Where this login may act; none where that can't be told before somebody answers, or at all. */
  realms: Realm[];
}

/**
 * Signs in with what an account form holds and out again. It goes through the same durable doors as every sign-in, so that
 * a crash in the middle leaves nothing behind either. Throws the failure that a sign-in would show.
 */
export function createAccountTest({ accounts, sessions }: AccountTestOptions) {
  /** A list that can't be read is no reason to call the account wrong. */
  async function realmsSeen(sessionId: string): Promise<Realm[]> {
    try {
      const memberships = await sessions.memberships(sessionId);
      return memberships.flatMap(({ realm, closed }) => (closed === undefined ? [realm] : []));
    } catch (error) {
      if (error instanceof GatehouseError) return [];
      throw error;
    }
  }

  return async function testAccount(input: AccountInput, id?: string): Promise<AccountTestResult> {
    const account = accounts.addForTrial(input, id);
    try {
      let asked: Challenge['kind'] | null = null;
      const instead = (ask: Challenge) => {
        asked = ask.kind;
      };
      const sessionId = sessions.signIn({ accountId: account.id, instead }, 'window');
      await sessions.quiet(sessionId);
      const failure = sessions.get(sessionId)?.failure;
      if (failure) throw new GatehouseError(failure);
      const steps = [`${new URL(account.baseUrl).host} answered.`];
      // Who is asked for everything has shown nothing yet.
      if (account.storedSecrets.length > 0) steps.push('The credentials were accepted.');
      const needsPrompt = asked === null ? null : promptWords[asked];
      if (needsPrompt) steps.push(`It then asks for ${needsPrompt}.`);
      const realms = needsPrompt ? [] : await realmsSeen(sessionId);
      sessions.end(sessionId, { actor: 'window' });
      await sessions.tryEndingNow(sessionId);
      const left = sessions.ending(sessionId)?.lastFailure;
      if (left) steps.push(`The test session is still being ended: ${left.message}`);
      else if (sessions.get(sessionId)?.endedHow === 'possibly-alive')
        steps.push('The test session may be alive at the vendor; it is listed under “not confirmed”.');
      else steps.push('The test session was ended again.');
      return { steps, needsPrompt, realms };
    } finally {
      // An ending that is owed keeps the account until then.
      sessions.forgetAccount(account.id);
    }
  };
}

const promptWords = {
  code: 'a code',
  password: 'a second password',
  'new-password': 'a new password',
  'virtual-keyboard': 'a password on its on-screen keyboard',
  agreements: 'agreements to be accepted',
  choice: 'a choice of how to go on',
  page: 'you to sign in on the identity provider’s page',
  scan: 'a QR code to be scanned',
} satisfies Record<Challenge['kind'], string>;
