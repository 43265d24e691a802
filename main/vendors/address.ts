import { GatehouseError } from '../../preload/contract/failure.ts';

function refuse(sentence: string): never {
  throw new GatehouseError({ kind: 'invalid', message: sentence, fields: { baseUrl: sentence } });
}

/** Whether a URL's host is this computer itself: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
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

/** Whether a host leads to this computer, however it is written; more than `isLoopback`, as this is for refusing. */
function isThisComputer(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, '');
  return (
    isLoopback(url) ||
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^(0|127)(\.\d+){3}$/.test(host) ||
    host === '[::]' ||
    /^\[::ffff:(7f|0:)/.test(host)
  );
}

/**
 * Whether an address that the server at `from` names may be opened: https or wss; and one on this computer only when `from` is on
 * it too (there also http or ws), as a server elsewhere has no business with what runs here. Never one with credentials in it.
 */
export function mayReach(target: URL, from: URL): boolean {
  if (target.username || target.password) return false;
  if (isThisComputer(target) && !isLoopback(from)) return false;
  if (target.protocol === 'https:' || target.protocol === 'wss:') return true;
  return (target.protocol === 'http:' || target.protocol === 'ws:') && isLoopback(target);
}
