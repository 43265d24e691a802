/** How Cyclos sends a one-time password or a new one. */
export type Medium = 'email' | 'sms';

/**
 * A way to send a code, as it is kept and chosen: `email`, `sms`, or `sms:` and the id of one phone. Null for anything else.
 */
export function readMedium(id: string | null): { medium: Medium; phones: string[] } | null {
  if (id === 'email' || id === 'sms') return { medium: id, phones: [] };
  const phone = id?.startsWith('sms:') ? id.slice('sms:'.length) : '';
  return phone ? { medium: 'sms', phones: [phone] } : null;
}

export const mediumWords = (medium: string) =>
  medium === 'email' ? 'e-mail' : medium === 'sms' ? 'SMS' : medium;
