import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import {
  authenticatorCode,
  parseAuthenticator,
  readAuthenticator,
} from '../../../main/vendors/kit/authenticator.ts';

const secret = 'JBSWY3DPEHPK3PXP';

test.each([
  ['base32 as apps show it', 'jbsw y3dp-ehpk 3pxp'],
  ['base32 with padding', `${secret}======`],
  ['an address', ` otpauth://totp/A:b?secret=${secret}&issuer=A `],
])('%s makes the same code, as it was typed and as it is stored', (_, typed) => {
  const read = parseAuthenticator(typed);
  if ('wrong' in read) throw new Error(read.wrong);
  const code = authenticatorCode(secret, 1_700_000_000_000);
  expect(authenticatorCode(typed, 1_700_000_000_000)).toBe(code);
  expect(authenticatorCode(read.secret, 1_700_000_000_000)).toBe(code);
});

test.each([
  ['eight letters', 'ABCDEFGH', /too short/],
  ['an address of eight letters', 'otpauth://totp/x?secret=ABCDEFGH', /too short/],
  ['fifteen letters', secret.slice(0, 15), /too short/],
  ['a code', '123456', /not a code/],
  ['a counting one', `otpauth://hotp/x?secret=${secret}&counter=1`, /HOTP/],
  ['an address that is none', 'otpauth://canary', /can’t be read/],
])('%s is no secret, neither to the form nor to a sign-in', (_, text, why) => {
  const read = parseAuthenticator(text);
  expect('wrong' in read && read.wrong).toMatch(why);
  let thrown: unknown;
  try {
    readAuthenticator(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(GatehouseError);
  const { failure } = thrown as GatehouseError;
  expect(failure).toMatchObject({
    kind: 'invalid',
    fields: { authenticatorSecret: expect.stringMatching(why) },
  });
  expect(JSON.stringify(failure)).not.toContain('canary');
});
