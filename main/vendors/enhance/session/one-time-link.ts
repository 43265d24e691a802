import { isUuid } from '#lib/uuid.ts';
import { fieldError } from '../../kit/fields.ts';

function refuse(message: string): never {
  throw fieldError('link', message);
}

/** The one-time password in a pasted SSO link (…/login/sessions/sso?otp=uuid); throws `invalid` (field `link`). */
export function otpOfLink(link: string, baseUrl: string): string {
  const typed = link.trim();
  if (!URL.canParse(typed)) refuse('This is not a link. It should end in /login/sessions/sso?otp=ID.');
  const url = new URL(typed);
  if (url.origin !== new URL(baseUrl).origin) {
    refuse(`This link belongs to ${url.host || 'another place'}, not to this account’s panel.`);
  }
  const otp = url.searchParams.get('otp') ?? '';
  if (!url.pathname.endsWith('/login/sessions/sso') || !isUuid(otp)) {
    refuse('This is not a one-time sign-in link. It should end in /login/sessions/sso?otp=ID.');
  }
  return otp;
}
