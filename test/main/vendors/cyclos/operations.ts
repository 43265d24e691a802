import type { FailureKind } from '#contract/failure.ts';
import type { Access } from '../../../../main/vendors/cyclos/api/access.ts';
import { type CyclosClient, cyclosClient } from '../../../../main/vendors/cyclos/api/client.ts';
import type { OperationRow } from '../operation-row.ts';

/** Cyclos's 11 operations as the documents 4.11.1 and 4.16.18 have them: both generations of each. */

type Generation = '4.11' | '4.16';
const old = (generation: Generation) => generation === '4.11';

const guest: Access = { kind: 'guest' };
const session: Access = { kind: 'session', token: 'canary-token' };
const split: Access = { kind: 'split', prefix: 'canary-half' };
const till: Access = { kind: 'access-client', token: 'canary-till' };
const basic: Access = {
  kind: 'basic',
  principal: 'zoë',
  password: 'canary-pässwört:☂',
  principalType: 'username',
};

const asGuest = { channel: 'main' };
const asSession = { channel: 'main', 'session-token': 'canary-token' };

const change = {
  newPassword: 'canary-new',
  newPasswordConfirmation: 'canary-new',
  checkConfirmation: true,
  securityAnswer: 'canary-boat',
};
const captcha = { challenge: 'c', response: 'r' };
const forgotten = '/api/auth/forgotten-password';

/** Declared on every operation (405 and 503 are one: the document and its prose differ). */
const always: Partial<Record<number, FailureKind>> = {
  401: 'expired',
  403: 'forbidden',
  404: 'not-found',
  405: 'server-fault',
  500: 'server-fault',
  503: 'server-fault',
};
const withConflict = { ...always, 409: 'conflict' } as const;
const withInput = { ...always, 422: 'invalid' } as const;

function refusal(status: number): unknown {
  switch (status) {
    case 401:
      return { code: 'loggedOut', userStatus: 'active' };
    case 403:
      return { code: 'permissionDenied' };
    case 404:
      return { entityType: 'User', key: 'ECHO' };
    case 409:
      return { code: 'staleEntity' };
    case 422:
      return {
        code: 'validation',
        properties: ['user'],
        propertyErrors: { user: ['ECHO is\nno user'] },
      };
    case 500:
      return { kind: 'general', exceptionType: 'x', exceptionMessage: 'canary-internals' };
  }
  return { code: 'smsSending', smsStatus: 'rejected' };
}

interface Row extends Pick<OperationRow, 'operation' | 'headers' | 'refusals'> {
  access: Access;
  signedIn?: boolean;
  call(of: CyclosClient, generation: Generation): Promise<unknown>;
  sent: string | ((generation: Generation) => string);
  body?: (generation: Generation) => unknown;
  contentType?: (generation: Generation) => RegExp;
  good: (generation: Generation) => { answer: [number, unknown?]; gives: unknown };
}

const nothing = (status: number) => () => ({ answer: [status] as [number], gives: undefined });

/** The fields that came back and no others: unknown ones are dropped, absent lists are empty. */
const rows: Row[] = [
  {
    operation: 'getCurrentAuth',
    access: split,
    signedIn: true,
    headers: { channel: 'main', 'session-prefix': 'canary-half', cookie: 'id0=canary-cookie' },
    call: (of) => of.auth.getCurrentAuth(['user', 'role']),
    sent: (generation) => `GET /api/auth?fields=${old(generation) ? 'user&fields=role' : 'user%2Crole'}`,
    good: () => ({
      answer: [200, { role: 'member', principal: null, unheardOf: [1] }],
      gives: { role: 'member' },
    }),
    refusals: always,
  },
  {
    operation: 'login',
    access: basic,
    headers: {
      channel: 'main',
      'principal-type': 'username',
      authorization: `Basic ${Buffer.from('zoë:canary-pässwört:☂', 'utf8').toString('base64')}`,
    },
    call: (of) => of.auth.login({ cookie: true, timeout: 60, fields: ['sessionToken'] }),
    sent: 'POST /api/auth/session?fields=sessionToken&cookie=true&timeoutInSeconds=60',
    good: () => ({ answer: [200, { sessionToken: 'half' }], gives: { sessionToken: 'half' } }),
    refusals: withInput,
  },
  {
    operation: 'logout',
    access: session,
    headers: asSession,
    call: (of) => of.auth.logout({ cookie: true }),
    sent: 'DELETE /api/auth/session?cookie=true',
    good: nothing(200),
    refusals: withConflict,
  },
  {
    operation: 'getDataForLogin',
    access: guest,
    headers: asGuest,
    call: (of) => of.auth.getDataForLogin(['defaultPrincipalType']),
    sent: 'GET /api/auth/data-for-login?fields=defaultPrincipalType',
    good: (generation) =>
      // 204 when one is signed in already.
      old(generation)
        ? { answer: [204], gives: undefined }
        : {
            answer: [200, { defaultPrincipalType: 'email', principalTypes: [{ internalName: 'email' }] }],
            gives: {
              defaultPrincipalType: 'email',
              principalTypes: [{ internalName: 'email' }],
              extraForgotPasswordPrincipalTypes: [],
              forgotPasswordMediums: [],
              identityProviders: [],
            },
          },
    refusals: always,
  },
  {
    operation: 'getSecondaryPasswordInput',
    access: session,
    headers: asSession,
    call: (of) => of.auth.getSecondaryPasswordInput(),
    sent: 'GET /api/auth/session/secondary-password',
    good: (generation) => {
      const said = old(generation)
        ? { mode: 'otp', hasActivePassword: true, otpSendMediums: ['email'] }
        : { passwordType: { mode: 'otp' }, allowedCredentials: ['password'], otpSendMediums: ['sms'] };
      return { answer: [200, said], gives: { buttons: [], mobilePhonesToSendOtp: [], ...said } };
    },
    refusals: always,
  },
  {
    operation: 'validateSecondaryPassword',
    access: session,
    headers: asSession,
    call: (of) => of.auth.validateSecondaryPassword('canary-new'),
    sent: 'POST /api/auth/session/secondary-password',
    body: () => 'canary-new',
    contentType: (generation) => (old(generation) ? /^application\/json/ : /^text\/plain/),
    good: nothing(204),
    refusals: always,
  },
  {
    operation: 'newOtp',
    access: session,
    headers: asSession,
    call: (of) => of.auth.newOtp('sms'),
    sent: 'POST /api/auth/otp?medium=sms',
    good: () => ({ answer: [200, ['***42']], gives: ['***42'] }),
    refusals: withInput,
  },
  {
    operation: 'forgottenPasswordRequest',
    access: guest,
    headers: asGuest,
    call: (of) => of.passwords.forgottenPasswordRequest({ user: 'mona', captcha, sendMedium: 'email' }),
    sent: `POST ${forgotten}/request`,
    body: (generation) => ({
      user: 'mona',
      captcha,
      ...(old(generation) ? {} : { sendMedium: 'email' }),
    }),
    good: (generation) =>
      old(generation)
        ? { answer: [204], gives: undefined }
        : {
            answer: [200, { sendMedium: 'email', sentTo: ['m***'] }],
            gives: { sendMedium: 'email', sentTo: ['m***'] },
          },
    refusals: withInput,
  },
  {
    operation: 'getDataForChangeForgottenPassword',
    access: guest,
    headers: asGuest,
    call: (of, generation) =>
      of.passwords.getDataForChangeForgottenPassword(
        old(generation) ? { key: 'a/b+c' } : { user: 'mona', code: '1234' },
      ),
    sent: (generation) =>
      `GET ${forgotten}/data-for-change?${old(generation) ? 'key=a%2Fb%2Bc' : 'user=mona&code=1234'}`,
    good: () => ({
      answer: [200, { securityQuestion: 'Boat?' }],
      gives: { principals: [], securityQuestion: 'Boat?' },
    }),
    refusals: always,
  },
  {
    operation: 'changeForgottenPassword',
    access: guest,
    headers: asGuest,
    call: (of, generation) =>
      of.passwords.changeForgottenPassword({
        ...change,
        ...(old(generation) ? { key: 'canary-key' } : { user: 'mona', code: '1234', sendMedium: 'email' }),
      }),
    sent: `POST ${forgotten}`,
    body: (generation) => ({
      ...change,
      ...(old(generation) ? { key: 'canary-key' } : { user: 'mona', code: '1234', sendMedium: 'email' }),
    }),
    good: nothing(204),
    refusals: withInput,
  },
  {
    operation: 'disconnectCurrentClient',
    access: till,
    headers: { 'access-client-token': 'canary-till', confirmationpassword: 'canary-confirm' },
    call: (of) => of.auth.disconnectCurrentClient('canary-confirm'),
    sent: 'DELETE /api/auth/access-client',
    good: nothing(200),
    refusals: withConflict,
  },
];

export const cyclosTable: OperationRow[] = (['4.11', '4.16'] as const).flatMap((generation) =>
  rows.map(({ access, call, sent, body, contentType, good, ...row }) => ({
    ...row,
    ...good(generation),
    vendor: 'cyclos',
    generation,
    call: (http) => call(cyclosClient(http, access, generation), generation),
    sent: typeof sent === 'string' ? sent : sent(generation),
    ...(body ? { body: body(generation) } : {}),
    ...(contentType ? { contentType: contentType(generation) } : {}),
    refusal,
  })),
);
