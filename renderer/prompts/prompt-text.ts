import type { Account, Challenge, Prompt, Vendor } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** Who asks whom for what: "Enhance asks for the PIN of Brightside hosting". */
export function promptTitle(label: string, vendorName: string | undefined, ask: Challenge): string {
  const who = sanitizeText(label, 60);
  const vendor = sanitizeText(vendorName ?? 'The vendor', 40);
  switch (ask.kind) {
    case 'code':
      return `${vendor} asks for the ${ask.numeric ? 'PIN' : 'code'} of ${who}`;
    case 'password':
    case 'virtual-keyboard':
      return `${vendor} asks for the password of ${who}`;
    case 'new-password':
      return `${vendor} wants a new password for ${who}`;
    case 'agreements':
      return `${vendor} asks ${who} to agree`;
    case 'choice':
      return `${vendor} asks ${who} to choose`;
    case 'page':
      return `Sign in to ${who}`;
    case 'scan':
      return ask.enrols === undefined
        ? `Scan to sign in to ${who}`
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
