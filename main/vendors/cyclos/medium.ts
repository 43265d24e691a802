/** How Cyclos sends a one-time password or a new one. */
export type Medium = 'email' | 'sms';

export const mediumWords = (medium: string) =>
  medium === 'email' ? 'e-mail' : medium === 'sms' ? 'SMS' : medium;
