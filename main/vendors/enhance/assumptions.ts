import { validMoment } from '#lib/valid-moment.ts';

/** What Enhance's public documents (OpenAPI 12.21.3) leave open, and what is assumed here. Times in ms. */
export const assumptions = {
  /** How long a PIN is good is not stated: long enough to find a mail, and the panel has its own word anyway. */
  promptLife: 10 * 60_000,
  /** Ours, so that nobody has ten mails sent at once. */
  sendAgainPause: 30_000,
  /** verify2FA takes 1 hour to 3 months; 30 days keeps clear of what "3 months" may mean. */
  rememberDays: 30,
  /** Digits of a PIN. Its length is not stated: one of six is sent by itself, none shorter, and a longer one by Enter. */
  pinLength: 6,
  /** Which status a blocked login gets is not stated: a refusal whose words say so is no wrong password. */
  saysBlocked: /\b(blocked|locked|too many|suspended)\b/i,
} as const;

/** The format of dates is not stated: ms since 1970, or null when it can't be read. */
export function timeOf(text: string): number | null {
  return validMoment(text) ?? null;
}
