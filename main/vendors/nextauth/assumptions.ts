import { validMomentOf } from '#lib/valid-moment.ts';

/** What nextAuth's public documents (OpenAPI 2.2 and the manual) leave open, and what is assumed here. Times in ms. */
export const assumptions = {
  /** No lifetime of a QR code is stated: it is fetched anew this often. */
  codeLife: 60_000,
  /** A sign-in that nobody scans is given up after this. */
  scanDeadline: 5 * 60_000,
  /** Polling: first gap, first gap when the server says that there is something to see, growth of both, longest gap. */
  poll: { first: 1_000, called: 250, factor: 1.5, longest: 8_000 },
  /** After the socket is lost: polls go on while it is tried again. One that has lived for the longest gap was a good one. */
  reconnect: { first: 1_000, factor: 2, longest: 30_000 },
  /** How long the socket may take to open. */
  socketTimeout: 8_000,
  /** One sign-in makes a handful of frames; from a server that sends more than this within so long, no more is taken. */
  socketRate: { frames: 100, within: 2_000 },
  /** Bytes of a frame: a word and two ids in base64url. */
  frameSize: 1_024,
  /** Characters of the session's id on the websocket; with a longer one there is no websocket. */
  hsidSize: 256,
  /** Changes are shown no more often than this. */
  showEvery: 250,
  /** Characters of what a QR code says, in base64; the largest QR code holds 2,953 bytes. */
  payloadSize: 8 * 1024,
  /** Characters of a name that is shown. */
  nameSize: 200,
  /** Servers that are read of a list, however long a server says that it is. */
  mostServers: 2_000,
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
