import { GatehouseError } from '#contract/failure.ts';

function refuse(sentence: string): never {
  throw new GatehouseError({ kind: 'invalid', message: sentence, fields: { baseUrl: sentence } });
}

/** Whether a URL's host is this computer itself: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
}

/**
 * Other spellings of this computer, which nobody types as an account's address: names below localhost or with a final dot,
 * 0.0.0.0/8, the unspecified address, and IPv4 addresses of both kinds that are written as IPv6 (also by NAT64).
 */
function leadsHere({ hostname }: URL): boolean {
  const name = hostname.replace(/\.+$/, '');
  if (name === 'localhost' || name.endsWith('.localhost') || /^(0|127)(\.\d+){3}$/.test(name)) return true;
  if (name === '[::]') return true;
  const packed = /^\[(?:::|::ffff:|::ffff:0:|64:ff9b::)([0-9a-f]{1,4}):[0-9a-f]{1,4}\]$/.exec(name);
  return packed !== null && [0, 127].includes(Number.parseInt(packed[1]!, 16) >> 8);
}

/**
 * Whether a server at `from` may send Gatehouse on to `target` (https or wss, without credentials): to this computer, and
 * then unencrypted too, only if it is on this computer itself.
 */
export function mayReach(target: URL, from: URL): boolean {
  if (target.username || target.password) return false;
  const plain = target.protocol === 'http:' || target.protocol === 'ws:';
  if (!plain && target.protocol !== 'https:' && target.protocol !== 'wss:') return false;
  return isLoopback(target) ? isLoopback(from) : !plain && !leadsHere(target);
}

/**
 * Takes an address as a person types it; gives it back without a trailing slash. Throws `invalid` (field `baseUrl`) for
 * everything that is not https, or http on loopback, and for credentials, a query or a fragment in the address.
 */
export function checkBaseUrl(text: string): string {
  const typed = text.trim();
  if (!typed) refuse('Type the address of the server, beginning with https://.');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) refuse('The address has to begin with https://.');
  let url: URL;
  try {
    url = new URL(typed);
  } catch {
    refuse('This is not an address. It should look like https://panel.example.com/api.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    refuse('The address has to begin with https://.');
  if (url.username || url.password) {
    refuse('The address has a user name or password in it. Take them out; they have fields of their own.');
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    refuse('The address has to begin with https://. Plain http is possible on this computer only.');
  }
  if (url.search || typed.includes('?')) refuse('The address may not have a query (a part after “?”).');
  if (url.hash || typed.includes('#')) refuse('The address may not have a fragment (a part after “#”).');
  return url.origin + url.pathname.replace(/\/+$/, '');
}
