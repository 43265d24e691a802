import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { checkBaseUrl } from '#http/base-url.ts';
import { checkForm } from '../../../main/accounts/check-form.ts';
import { input, vendor } from './book.ts';

function check(values: Record<string, string | undefined>, one = vendor) {
  const given = Object.entries({ ...input.values, ...values }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return checkForm(one, Object.fromEntries(given), null, checkBaseUrl);
}

function fieldsOf(values: Record<string, string | undefined>): Record<string, string> {
  try {
    check(values);
  } catch (error) {
    if (error instanceof GatehouseError && error.failure.kind === 'invalid')
      return error.failure.fields ?? {};
    throw error;
  }
  return {};
}

test.each([
  ['a field that is needed and empty', { email: '' }, 'email', /needed/],
  ['a field that is needed and only blank', { email: '  ' }, 'email', /needed/],
  ['a secret that is needed', { password: undefined }, 'password', /needed/],
  ['an e-mail without an @', { email: 'ada' }, 'email', /not an e-mail/],
  ['an e-mail with a blank in it', { email: 'a da@example.com' }, 'email', /not an e-mail/],
  ['an option that does not exist', { way: 'carrier pigeon' }, 'way', /options/],
  ['a field that the form does not have', { admin: 'yes' }, 'admin', /no such field/],
  ['plain http', { baseUrl: 'http://panel.example' }, 'baseUrl', /https/],
  [
    'credentials in the address',
    { baseUrl: 'https://u:canary@panel.example' },
    'baseUrl',
    /user name or password/,
  ],
  ['a code instead of an authenticator secret', { authenticator: '123456' }, 'authenticator', /not a code/],
  ['a short secret', { authenticator: 'ABC234' }, 'authenticator', /too short/],
  [
    'an otpauth address without a secret',
    { authenticator: 'otpauth://totp/x' },
    'authenticator',
    /can’t be read/,
  ],
  [
    'a counting authenticator',
    { authenticator: 'otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1' },
    'authenticator',
    /HOTP/,
  ],
  ['NUL in a password', { password: 'a\0b' }, 'password', /can’t be used/],
])('%s is refused with a sentence at its field', (_, values, name, sentence) => {
  const fields = fieldsOf(values);
  expect(Object.keys(fields)).toEqual([name]);
  expect(fields[name]).toMatch(sentence);
  expect(fields[name]).not.toContain('canary');
});

test('all wrong fields are named at once', () => {
  expect(Object.keys(fieldsOf({ email: 'x', baseUrl: 'nowhere', password: '' }))).toEqual([
    'baseUrl',
    'email',
    'password',
  ]);
});

test('addresses and lines come out tidied, secrets exactly as typed', () => {
  const form = check({
    baseUrl: ' https://Panel.example/api/ ',
    email: ' ada@example.com\n',
    password: '  blank ends  ',
  });
  expect(form.baseUrl).toBe('https://panel.example/api');
  expect(form.values).toMatchObject({ baseUrl: 'https://panel.example/api', email: 'ada@example.com' });
  expect(form.typed).toEqual({ password: '  blank ends  ' });
});

test.each([
  ['base32 as apps show it', 'jbsw y3dp-ehpk 3pxp', 'JBSWY3DPEHPK3PXP'],
  ['base32 with padding', 'JBSWY3DPEHPK3PXPAE======', 'JBSWY3DPEHPK3PXPAE'],
  [
    'an otpauth address',
    ' otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXP&issuer=A ',
    'otpauth://totp/A:b?secret=JBSWY3DPEHPK3PXP&issuer=A',
  ],
])('an authenticator secret is taken: %s', (_, typed, stored) => {
  expect(check({ authenticator: typed }).typed.authenticator).toBe(stored);
});

test('fields that are not shown are neither needed nor kept', () => {
  const form = check({ way: 'token', token: 'tok' });
  expect(form.values).toEqual({ baseUrl: 'https://panel.example/api', way: 'token', note: '' });
  expect(form.typed).toEqual({ token: 'tok' });
  expect(fieldsOf({ way: 'token' })).toEqual({ token: expect.stringMatching(/needed/) });
});

test('what is left out of a new account has its initial value', () => {
  expect(check({ way: undefined }).values.way).toBe('password');
});

test('the vendor has the last word', () => {
  const picky = {
    ...vendor,
    checkForm(values: Record<string, string>) {
      if (values.email?.endsWith('@example.com')) {
        throw new GatehouseError({
          kind: 'invalid',
          message: 'Not from here.',
          fields: { email: 'Not from here.' },
        });
      }
    },
  };
  expect(() => check({}, picky)).toThrow('Not from here.');
  expect(() => check({ email: 'ada@elsewhere.org' }, picky)).not.toThrow();
});
