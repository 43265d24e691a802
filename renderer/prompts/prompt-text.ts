import type { Account, Challenge, Prompt, Vendor } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** "Brightside hosting asks for a PIN". */
export function promptTitle(label: string, ask: Challenge): string {
  const who = sanitizeText(label, 60);
  switch (ask.kind) {
    case 'code':
      return `${who} asks for a ${ask.numeric ? 'PIN' : 'code'}`;
    case 'password':
    case 'virtual-keyboard':
      return `${who} asks for a password`;
    case 'new-password':
      return `${who} wants a new password`;
    case 'agreements':
      return `${who} asks you to agree`;
    case 'choice':
      return `${who} asks you to choose`;
    case 'page':
      return `Sign in to ${who}`;
    case 'scan':
      return ask.enrols === undefined
        ? `Sign in to ${who}`
        : `Enrol a phone of ${sanitizeText(ask.enrols, 60)}`;
  }
}

/** Where the sign-in is going: "Enhance · Reseller EU · admin@northwind.example". */
export function promptSource(
  prompt: Prompt,
  account: Account | undefined,
  vendor: Vendor | undefined,
): string {
  const identity = account?.identity;
  const sentTo = prompt.ask.kind === 'code' ? prompt.ask.sentTo : undefined;
  return [vendor?.name ?? prompt.vendor, prompt.realm?.name, identity === sentTo ? undefined : identity]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => sanitizeText(part ?? '', 60))
    .join(' · ');
}

/** Where the code went, or where it is to be read: "Sent by e-mail to kim@example.org". */
export function codeCame({ medium, sentTo, canSendAgain }: Extract<Challenge, { kind: 'code' }>): string {
  const by = sanitizeText(medium, 40);
  if (sentTo) return `Sent by ${by} to ${sanitizeText(sentTo, 80)}`;
  return canSendAgain ? `Sent by ${by}` : `From your ${by}`;
}
