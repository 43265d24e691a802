import { type Failure, GatehouseError } from '../../preload/contract/failure.ts';
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
  walk('', request.json);
  walk('', request.query);
  if (request.text) add(request.text);
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (!/^(accept|content-type|channel)/i.test(name)) for (const part of value.split(/\s+/)) add(part);
  }
  for (const cookie of cookies.split('; ')) add(cookie.slice(cookie.indexOf('=') + 1));
  return found;
}

/** The same error with each of `secrets` replaced by dots, wherever it stands. */
export function withoutSecrets(error: GatehouseError, secrets: string[]): GatehouseError {
  const clean = (text: string) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '•••'), text);
  const { failure, mayHaveWorked } = error;
  const cleaned: Failure = { ...failure, message: clean(failure.message) };
  for (const name of ['advice', 'vendorCode', 'missingRight'] as const) {
    if (failure[name] !== undefined) cleaned[name] = clean(failure[name]);
  }
  if (failure.fields) {
    cleaned.fields = Object.fromEntries(
      Object.entries(failure.fields).map(([name, said]) => [clean(name), clean(said)]),
    );
  }
  return new GatehouseError(cleaned, { mayHaveWorked });
}

/** A server's own words, fit for a sentence: no control characters, one line, at most 200 characters. */
export function plainText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 200);
}
