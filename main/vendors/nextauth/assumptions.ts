import { validMomentOf } from '../moment.ts';

/** What nextAuth's public documents (OpenAPI 2.2 and the manual) leave open, and what is assumed here. Times in ms. */
export const assumptions = {
  /** No lifetime of a QR code is stated: it is fetched anew this often. */
  codeLife: 60_000,
  /** A sign-in that nobody scans is given up after this. */
  scanDeadline: 5 * 60_000,
  /** Polling: first gap, growth, longest gap. */
  poll: { first: 1_000, factor: 1.5, longest: 8_000 },
  /** After the socket is lost: polls go on while it is tried again. */
  reconnect: { first: 1_000, factor: 2, longest: 30_000 },
  /** How long the socket may take to open. */
  socketTimeout: 8_000,
  /** Devices offered for a push. */
  pushTargets: 20,
  /** Accounts and servers are paged by `limit` and `marker` (an offset); the largest page is not stated. */
  pageSize: 100,
  /** Pages read at most when a list is read whole. */
  mostPages: 10,
} as const;

/** The unit of timestamps is not stated: seconds, unless the number is too large for them. Answers ms; 0 is "never". */
export function timeOf(value: number | undefined): number | null {
  return value && value > 0 ? (validMomentOf(value) ?? null) : null;
}

/** `loginqrdata` is base64 of what the code says; if that is no readable text, the base64 itself is drawn. */
export function qrText(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  const readable = bytes.length > 0 && Buffer.from(text, 'utf8').equals(bytes) && !/\p{Cc}/u.test(text);
  return readable ? text : base64;
}

/** Websocket frames carry ids in base64url; the REST API gives them in base64. */
export function base64url(id: string): string {
  return id.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
