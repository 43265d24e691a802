import type { Failure } from '#contract/failure.ts';

/**
 * nextAuth declares no error body, and only 403 and 404 as statuses; the others are assumptions: 400 without a nonce,
 * 401 or 403 for the key. `what` says what a 404 is about, `right` which permission the operation needs.
 */
export function explainFor(what: string, right: string) {
  return (status: number): Partial<Failure> | undefined => {
    switch (status) {
      case 400:
        return {
          message: 'nextAuth did not accept the request.',
          advice: 'Check the server id and the address.',
        };
      case 401:
        return {
          kind: 'refused-credentials',
          message: 'nextAuth does not accept the API key.',
          advice: 'Check the API key and the role id in the account form.',
        };
      case 403:
        return {
          kind: 'forbidden',
          message: `The API key’s role may not do this on this server: it needs the permission ${right}.`,
          advice: 'Ask whoever manages the nextAuth server for that permission.',
          missingRight: right,
        };
      case 404:
        return {
          kind: 'not-found',
          message: `nextAuth does not know ${what}.`,
          advice: 'Check the server id in the account form; what was asked for may also have been removed.',
        };
    }
    return undefined;
  };
}

/** Of updateAccountUser, whose 403 is declared as an invalid user name. */
export function explainNewUser(status: number): Partial<Failure> | undefined {
  if (status !== 403) return explainFor('this device', 'accounts')(status);
  const message = 'nextAuth does not accept this user name.';
  return {
    kind: 'invalid',
    message,
    advice: 'Type another; if it is spelt right, the API key’s role may lack the permission accounts.',
    fields: { userId: message },
  };
}
