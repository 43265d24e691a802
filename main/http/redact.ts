import type { Blot, HttpRequest } from './types.ts';

const secretName = /pass|pin|otp|secret|token|key|code|credential|device|answer|nonce|response|auth|session/i;
/** `credentialType`, `otpMedium`: words of the vendor's own, which may well stand in an answer. */
const plainName = /(type|name|medium|method|kind)$/i;

/** Characters; what is shorter stands in every text. */
const shortest = 4;
/** Characters; a part of a path that is as long may be a token, and is none of the words that people read. */
const tokenLike = 20;

/** What follows `user:` in a header of basic credentials. */
function passwordIn(header: string): string[] {
  const pair = /^basic (.+)$/i.exec(header)?.[1];
  if (!pair) return [];
  const text = Buffer.from(pair, 'base64').toString('utf8');
  return [text, text.slice(text.indexOf(':') + 1)];
}

/** Every value of a request that must not come back in an error, should a server echo it. */
export function secretsOf(
  request: Pick<HttpRequest<never>, 'json' | 'query' | 'text' | 'headers'> & { path?: string[] },
  cookies: string,
): string[] {
  const found: string[] = [];
  const walk = (name: string, value: unknown) => {
    if (typeof value === 'string') {
      if (secretName.test(name) && !plainName.test(name)) found.push(value);
    }
    if (Array.isArray(value)) for (const item of value) walk(name, item);
    else if (value && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) walk(key, item);
  };
  // A bare JSON string is a password where a vendor takes one.
  if (typeof request.json === 'string') found.push(request.json);
  walk('', request.json);
  walk('', request.query);
  if (request.text) found.push(request.text);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (/^(accept|content-type|channel)/i.test(name)) continue;
    found.push(...value.replace(/^(basic|bearer) /i, '').split(/\s+/), ...passwordIn(value));
  }
  for (const cookie of cookies.split('; ')) found.push(cookie.slice(cookie.indexOf('=') + 1));
  found.push(...(request.path ?? []).filter((part) => part.length >= tokenLike));
  return found;
}

/** Every text in plain data that is long enough to be a key: of a grant nobody here knows which of its texts are. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= tokenLike ? [value] : [];
  if (!value || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
const withSmallHex = (text: string) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const htmlEscaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** The characters of a base64 text that are this secret's alone, for each of the three places where it may begin in a group. */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    return text.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** A secret as servers write it down again: as it is, escaped for JSON, HTML or an address, in base64 or in hex. */
function disguises(secret: string): string[] {
  const inAddress = [encodeURIComponent(secret.toWellFormed()), formEncoded(secret)];
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret, 'utf8').toString('hex');
  const base64 = inBase64(secret);
  return [
    secret,
    secret.trim(),
    json,
    json.replaceAll('/', '\\/'),
    htmlEscaped(secret),
    ...inAddress,
    ...inAddress.map(withSmallHex),
    ...base64,
    ...base64.map((text) => text.replaceAll('-', '+').replaceAll('_', '/')),
    hex,
    hex.toUpperCase(),
  ];
}

/** Nothing of a server's text is let through: for when it is not known what has to go. */
export const blotAll: Blot = (text) => (text === '' ? '' : '•••');

export function blotFor(secrets: string[]): Blot {
  const all = new Set(secrets.filter((one) => one.length >= shortest).flatMap(disguises));
  // The longest first: a short one may be part of it.
  const longestFirst = [...all]
    .filter((one) => one.length >= shortest)
    .sort((one, two) => two.length - one.length);
  return (text) =>
    text.length < shortest ? text : longestFirst.reduce((rest, one) => rest.replaceAll(one, '•••'), text);
}

/** Words of a vendor's protocol. A weak password may happen to be one ("login"), and is not echoed by it. */
const protocolWord = /^(code|kind|status|error)$|Status$/;

/** A server's answer with the secrets of its request taken out of its texts, before anything is quoted from it. */
export function blotted(body: unknown, blot: Blot, name = ''): unknown {
  if (typeof body === 'string') return protocolWord.test(name) && /^\w+$/.test(body) ? body : blot(body);
  if (Array.isArray(body)) return body.map((item) => blotted(item, blot, name));
  if (!body || typeof body !== 'object') return body;
  return Object.fromEntries(Object.entries(body).map(([key, item]) => [blot(key), blotted(item, blot, key)]));
}

/** A server's code for a failure, if it is one: a short word, and none of the secrets. */
export function codeWord(code: string | undefined, blot: Blot): string | undefined {
  return code !== undefined && /^[\w.-]{1,60}$/.test(code) && blot(code) === code ? code : undefined;
}

/** What may stand on its head, or hide: control and direction characters, but not the joiners that some scripts are written with. */
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A server's own words, fit for a sentence: no control characters, one line, at most `longest` characters. */
export function plainText(text: string, longest = 200): string {
  // Cut first: a text may be as long as the whole answer.
  const plain = text
    .slice(0, longest * 4)
    .replace(unseen, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return cut(plain, longest);
}

const cut = (text: string, longest: number) =>
  (text.length > longest ? `${text.slice(0, longest - 1)}…` : text).toWellFormed();

/** The same of a text of several lines, which stay. */
export function plainLines(text: string, longest: number): string {
  const plain = text
    .slice(0, longest * 4)
    .replace(/\r\n?/g, '\n')
    .replace(unseen, (one) => (one === '\n' ? one : ' '))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cut(plain, longest);
}

/** An id of a server's: nothing of it is changed but what can't be seen, and at most 400 characters are kept. */
export const plainId = (text: string) => text.slice(0, 400).replace(unseen, ' ').toWellFormed();
