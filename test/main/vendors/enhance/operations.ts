import { expect } from 'vitest';
import { enhanceClient } from '../../../../main/vendors/enhance/api/client.ts';
import type { OperationRow } from '../operation-row.ts';

/** Enhance's 21 operations as OpenAPI 12.21.3 has them. Only the cookie is good for the second factor. */

const id = '5e0a2f0c-1d7d-4c52-8f0e-0d6c1a2b3c4d';
const memberships = [
  { memberId: id, orgId: id, orgName: 'North', isMasterOrg: true, roles: ['Owner'], siteAccessCount: 0 },
];
const login = {
  id,
  email: 'nora@example.com',
  name: 'Nora',
  colorCode: '#123456',
  registeredAt: '2025-01-02T03:04:05Z',
  authMethod: 'otp',
  locale: 'en-GB',
};
const listing = { items: [login], total: 1 };
const page = { offset: 10, limit: 5, sortBy: 'registrationDate', sortOrder: 'desc' } as const;
const pageQuery = 'offset=10&limit=5&sortBy=registrationDate&sortOrder=desc';
const creds = { email: 'nora@example.com', password: 'canary-password' };

const token = 'canary-token';
const byToken = { authorization: `Bearer ${token}` };
const byCookie = { cookie: 'id0=canary-cookie' };
const refusal = { code: 'some_code', message: 'Some\nwords\u0007 ECHO', detail: 'x' };

const rows: Omit<OperationRow, 'vendor' | 'refusal'>[] = [
  {
    operation: 'createLogin',
    call: (http) => enhanceClient(http, token).createLogin(id, { ...creds, name: 'Nora' }),
    sent: `POST /api/logins?orgId=${id}`,
    headers: byToken,
    body: { ...creds, name: 'Nora' },
    answer: [201, { id }],
    gives: id,
    refusals: { 400: 'invalid', 401: 'expired', 403: 'forbidden', 409: 'conflict' },
  },
  {
    operation: 'createOtpSession',
    call: (http) => enhanceClient(http, null).createOtpSession(id),
    sent: `GET /api/login/sessions/sso?otp=${id}`,
    headers: {},
    answer: [200, { memberships }],
    gives: memberships,
    refusals: { 400: 'refused-credentials', 401: 'refused-credentials', 403: 'locked-out' },
  },
  {
    operation: 'createSession',
    call: (http) => enhanceClient(http, null).createSession({ ...creds, deviceId: 'd'.repeat(32) }, id),
    sent: `POST /api/login/sessions?realmId=${id}`,
    headers: {},
    body: { ...creds, deviceId: 'd'.repeat(32) },
    answer: [200, { memberships, later: true }],
    gives: { kind: 'open', memberships },
    refusals: { 400: 'invalid', 401: 'refused-credentials', 403: 'locked-out', 429: 'rate-limited' },
  },
  {
    operation: 'deleteCurrentSession',
    call: (http) => enhanceClient(http, token).deleteCurrentSession(),
    sent: 'DELETE /api/login/sessions/current',
    headers: byToken,
    answer: [200],
    gives: undefined,
    refusals: { 401: 'expired' },
  },
  {
    operation: 'deleteLoginAvatar',
    call: (http) => enhanceClient(http, token).deleteLoginAvatar(),
    sent: 'DELETE /api/login/avatar',
    headers: byToken,
    answer: [204],
    gives: undefined,
    refusals: { 400: 'invalid', 401: 'expired' },
  },
  {
    operation: 'deleteSession',
    call: (http) => enhanceClient(http, token).deleteSession(id),
    sent: `DELETE /api/login/sessions/${id}`,
    headers: byToken,
    answer: [200],
    gives: undefined,
    refusals: { 401: 'expired' },
  },
  {
    operation: 'deleteSessions',
    call: (http) => enhanceClient(http, token).deleteSessions(),
    sent: 'DELETE /api/login/sessions',
    headers: byToken,
    answer: [200],
    gives: undefined,
    refusals: { 401: 'expired' },
  },
  {
    operation: 'finishPasswordRecovery',
    call: (http) => enhanceClient(http, null).finishPasswordRecovery(id, 'canary-new'),
    sent: `POST /api/login/password-recovery?secret=${id}`,
    headers: {},
    body: { newPassword: 'canary-new' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid' },
  },
  {
    operation: 'getCustomerLogins',
    call: (http) => enhanceClient(http, token).getCustomerLogins(id, page),
    sent: `GET /api/v2/orgs/${id}/customers/logins?${pageQuery}`,
    headers: byToken,
    answer: [200, listing],
    gives: listing,
    refusals: { 401: 'expired', 403: 'forbidden' },
  },
  {
    operation: 'getLogin',
    call: (http) => enhanceClient(http, token).getLogin(),
    sent: 'GET /api/login',
    headers: byToken,
    answer: [200, { ...login, avatarPath: null, more: {} }],
    gives: login,
    refusals: { 400: 'invalid', 401: 'expired' },
  },
  {
    operation: 'getLoginMemberships',
    call: (http) => enhanceClient(http, token).getLoginMemberships(),
    sent: 'GET /api/login/memberships',
    headers: byToken,
    answer: [200, { memberships }],
    gives: memberships,
    refusals: { 401: 'expired' },
  },
  {
    operation: 'getLogins',
    call: (http) => enhanceClient(http, token).getLogins({ ...page, realmId: id }),
    sent: `GET /api/logins?${pageQuery}&realmId=${id}`,
    headers: byToken,
    answer: [200, listing],
    gives: listing,
    refusals: { 401: 'expired', 403: 'forbidden' },
  },
  {
    operation: 'getOrgLogins',
    call: (http) => enhanceClient(http, token).getOrgLogins(id),
    sent: `GET /api/orgs/${id}/logins`,
    headers: byToken,
    answer: [200, listing],
    gives: listing,
    refusals: { 401: 'expired', 403: 'forbidden' },
  },
  {
    operation: 'getSessions',
    call: (http) => enhanceClient(http, null).getSessions(),
    sent: 'GET /api/login/sessions',
    headers: byCookie,
    signedIn: true,
    answer: [200, { items: [{ id, createdAt: 'yesterday', userAgent: null }] }],
    gives: [{ id, createdAt: 'yesterday' }],
    refusals: { 401: 'expired' },
  },
  {
    operation: 'resendPin',
    call: (http) => enhanceClient(http, null).resendPin('email'),
    sent: 'POST /api/login/2fa/resend-pin',
    headers: byCookie,
    signedIn: true,
    body: { authMethod: 'email' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'refused-prompt', 401: 'refused-prompt', 403: 'refused-prompt' },
  },
  {
    operation: 'setCustomerLoginPassword',
    call: (http) => enhanceClient(http, token).setCustomerLoginPassword(id, 'canary-new'),
    sent: `PUT /api/v2/logins/${id}/password`,
    headers: byToken,
    body: { newPassword: 'canary-new' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid', 401: 'expired', 403: 'forbidden', 404: 'not-found' },
  },
  {
    operation: 'setLoginAvatar',
    call: (http) => enhanceClient(http, token).setLoginAvatar(new Blob(['PIXELS'], { type: 'image/png' })),
    sent: 'PUT /api/login/avatar',
    headers: byToken,
    body: expect.stringMatching(
      /name="avatar"; filename="avatar"\r\nContent-Type: image\/png\r\n\r\nPIXELS\r\n/,
    ),
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid', 401: 'expired' },
  },
  {
    operation: 'startPasswordRecovery',
    call: (http) => enhanceClient(http, null).startPasswordRecovery('nora@example.com', id),
    sent: `PUT /api/login/password-recovery?realmId=${id}`,
    headers: {},
    body: { email: 'nora@example.com' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid' },
  },
  {
    operation: 'updateLoginInfo',
    call: (http) =>
      enhanceClient(http, token).updateLoginInfo({ password: 'canary-new', currentPassword: 'canary-old' }),
    sent: 'PATCH /api/login',
    headers: byToken,
    body: { password: 'canary-new', currentPassword: 'canary-old' },
    answer: [200, { verifyPin: true, otpUrl: null }],
    gives: { verifyPin: true },
    refusals: { 400: 'invalid', 401: 'expired', 403: 'refused-credentials' },
  },
  {
    operation: 'validatePasswordRecovery',
    call: (http) => enhanceClient(http, null).validatePasswordRecovery(id),
    sent: `POST /api/login/password-recovery/validate?secret=${id}`,
    headers: {},
    answer: [200, { obfuscatedEmail: 'n***@example.com' }],
    gives: 'n***@example.com',
    refusals: { 400: 'invalid' },
  },
  {
    operation: 'verify2FA',
    call: (http) =>
      enhanceClient(http, null).verify2FA({
        authMethod: 'otp',
        pin: '123456',
        rememberMe: { deviceId: 'd'.repeat(32), ttl: 3600 },
      }),
    sent: 'POST /api/login/2fa',
    headers: byCookie,
    signedIn: true,
    body: { authMethod: 'otp', pin: '123456', rememberMe: { deviceId: 'd'.repeat(32), ttl: 3600 } },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'refused-prompt', 401: 'refused-prompt', 403: 'refused-prompt' },
  },
];

export const enhanceTable: OperationRow[] = rows.map((row) => ({
  ...row,
  vendor: 'enhance',
  refusal: () => refusal,
}));
