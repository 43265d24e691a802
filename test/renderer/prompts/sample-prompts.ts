import type { Challenge, Prompt, Snapshot } from '#contract/shapes.ts';
import { full, minutes, now, session } from '../fixture/sample.ts';

/** Sample prompts of every kind. */

type AskOf<Kind extends Challenge['kind']> = Extract<Challenge, { kind: Kind }>;

export const pin: AskOf<'code'> = {
  kind: 'code',
  medium: 'e-mail',
  sentTo: 'support@brightside.example',
  boxes: 6,
  exact: true,
  numeric: true,
  canSendAgain: true,
  rememberDays: 30,
  warning: 'A wrong PIN ends this sign-in at the panel; you can start again at once.',
};

export const otp: AskOf<'code'> = {
  kind: 'code',
  medium: 'SMS',
  sentTo: '*******42',
  boxes: 5,
  numeric: true,
  canSendAgain: true,
  media: [
    { id: 'sms', label: 'SMS to *******42' },
    { id: 'email', label: 'E-mail to j******@leftcoast.example' },
  ],
};

export const scan: AskOf<'scan'> = {
  kind: 'scan',
  payload:
    'nextauth://login?server=door%2F1%3D&nonce=kS0Vb1mTgq7W3nXy4pEeN8Hr&url=https%3A%2F%2Fapi.nextauth.example',
  stage: 'ready',
  staleAt: now + 60_000,
  listening: 'socket',
  phoneShows: 'Gatehouse on desk-12: sign in to Door server',
  pushTargets: [
    { id: 'account:7', label: 'iPhone of Kim', detail: 'kim, last used 2026-11-21' },
    { id: 'account:9', label: 'Pixel 9', detail: 'lena, last used 2026-11-01' },
  ],
  canPushToUser: true,
};

export const password: AskOf<'password'> = {
  kind: 'password',
  label: 'Transaction password',
  warning: 'Three wrong passwords block the user for a day.',
};

export const newPassword: AskOf<'new-password'> = {
  kind: 'new-password',
  label: 'New login password',
  needsOld: true,
  minLength: 8,
  maxLength: 24,
  rules: ['A lower-case and an upper-case letter', 'A digit'],
};

export const keyboard: AskOf<'virtual-keyboard'> = {
  kind: 'virtual-keyboard',
  label: 'Transaction password',
  combinations: [
    ['07', '13', '29', '46', '58'],
    ['12', '34', '56', '78', '90'],
  ],
  buttonsPerRow: 5,
};

export const agreements: AskOf<'agreements'> = {
  kind: 'agreements',
  agreements: [
    {
      ...{ id: 'terms', name: 'Terms of use', required: true },
      content: 'Terms of use\n\nYou may pay.\n\n * The whole text is on our pages [https://terms.example/x].',
    },
    { id: 'privacy', name: 'Privacy statement', required: true },
    { id: 'news', name: 'Newsletter by e-mail', required: false },
  ],
};

export const choice: AskOf<'choice'> = {
  kind: 'choice',
  label: 'Confirm the sign-in with',
  options: [
    { id: 'password', label: 'The transaction password' },
    { id: 'totp', label: 'An authenticator code' },
    { id: 'device', label: 'A trusted device' },
  ],
};

export const page: AskOf<'page'> = { kind: 'page', name: 'Harbour ID', host: 'bank.example' };

const vendorOf = (accountId: string): string =>
  full.accounts.find(({ id }) => id === accountId)?.vendor ?? 'enhance';

/** A prompt of this account; earlier ones in a list are asked earlier. */
export function promptOf(id: string, accountId: string, ask: Challenge, rest: Partial<Prompt> = {}): Prompt {
  return {
    id,
    accountId,
    sessionId: `session-${id}`,
    vendor: vendorOf(accountId),
    realm: full.accounts.find((account) => account.id === accountId)?.realm ?? null,
    ask,
    state: 'open',
    failure: null,
    attempt: 1,
    askedAt: now - 30_000,
    deadline: now + minutes(9),
    sendAgainAt: null,
    ...rest,
  };
}

/** The sample desk with these prompts and a waiting session for each. */
export function appWith(...prompts: Prompt[]): Snapshot {
  return {
    ...full,
    prompts: prompts.map((prompt, index) => ({ ...prompt, askedAt: prompt.askedAt + index })),
    sessions: [
      ...full.sessions.filter(({ state }) => state !== 'waiting'),
      ...prompts.map(({ sessionId, accountId, vendor, realm }) =>
        session(sessionId, accountId, { vendor, realm, state: 'waiting', openedAt: null }),
      ),
    ],
  };
}
