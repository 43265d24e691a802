import type { Ask } from './http.ts';

const secretName = /pass|pin|otp|secret|token|key|code|credential|device/i;
/** `credentialType`, `otpMedium`: words of the vendor's own, which may well stand in an answer. */
const plainName = /(type|name|medium|method|kind)$/i;

/** Every value of a request that must not come back in an error, should a server echo it. */
export function secretsOf(
  request: Pick<Ask<never>, 'json' | 'query' | 'text' | 'headers'>,
  cookies: string,
): string[] {
  const found: string[] = [];
  const add = (value: string) => {
    if (value.length >= 4) found.push(value);
  };
  const walk = (name: string, value: unknown) => {
    if (typeof value === 'string') {
      if (secretName.test(name) && !plainName.test(name)) add(value);
    }
    if (Array.isArray(value)) for (const item of value) walk(name, item);
    else if (value && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) walk(key, item);
  };
  // A bare JSON string is a password where a vendor takes one.
  if (typeof request.json === 'string') add(request.json);
  walk('', request.json);
  walk('', request.query);
  if (request.text) add(request.text);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!/^(accept|content-type|channel)/i.test(name)) for (const part of value.split(/\s+/)) add(part);
  }
  for (const cookie of cookies.split('; ')) add(cookie.slice(cookie.indexOf('=') + 1));
  return found;
}

/** Replaces each of `secrets` in a text that came from a server. */
export type Blot = (text: string) => string;

export function blotFor(secrets: string[]): Blot {
  // The longest first: a short one may be part of it.
  const longestFirst = [...secrets].sort((one, two) => two.length - one.length);
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
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

/** A server's own words, fit for a sentence: no control characters, one line, at most 200 characters. */
export function plainText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 200);
}
