import { z } from 'zod';

/** The 42 operations as the vendors document them, for checking both sides of a conversation; shared with neither. */
export interface Documented {
  vendor: string;
  operation: string;
  method: string;
  /** Below the base URL; `{name}` is one path segment. */
  path: string;
  /** Query parameters; no other may be sent. */
  query?: z.ZodType;
  /** Headers without which the request is not one. */
  headers?: z.ZodType;
  body?: { type: RegExp; schema: z.ZodType };
  /** A body may be left out. */
  bodyOptional?: true;
  /** Good statuses with the answer's body; null for an empty one. */
  good: Record<number, z.ZodType | null>;
  /** Declared failures. */
  bad: number[];
}

const text = z.string();
const uuid = z.guid();
const none = z.strictObject({});
const json = (schema: z.ZodType) => ({ type: /^application\/json/, schema });

// Enhance, OpenAPI 12.21.3.
const role = z.enum(['Owner', 'SuperAdmin', 'Business', 'SiteAccess', 'Support', 'Sysadmin']);
const authMethod = z.enum(['basic', 'email', 'otp']);
const memberships = z.strictObject({
  memberships: z.array(
    z.strictObject({
      memberId: uuid,
      orgId: uuid,
      orgName: text,
      isMasterOrg: z.boolean(),
      roles: z.array(role),
      siteAccessCount: z.number(),
    }),
  ),
});
const login = z.strictObject({
  id: uuid,
  email: z.email(),
  name: text,
  colorCode: text,
  registeredAt: text,
  avatarPath: text.optional(),
  passwordLastChangedAt: text.optional(),
  authMethod,
  locale: text,
});
const logins = z.strictObject({ items: z.array(login), total: z.int() });
const paging = {
  offset: z.string().regex(/^\d+$/).optional(),
  limit: z.string().regex(/^\d+$/).optional(),
  sortOrder: z.enum(['asc', 'desc']).optional(),
  sortBy: z.enum(['email', 'name', 'registrationDate']).optional(),
};
const inRealm = z.strictObject({ realmId: uuid.optional() });
const withSecret = z.strictObject({ secret: uuid });
const newPassword = z.strictObject({ newPassword: text });
const cookie = z.looseObject({ cookie: z.string().regex(/\bid0=./) });
const cookieOrBearer = z.union([cookie, z.looseObject({ authorization: z.string().regex(/^Bearer \S+$/) })]);

type Rest = Omit<Documented, 'vendor' | 'operation' | 'method' | 'path'>;
const of =
  (vendor: string) =>
  (operation: string, line: string, rest: Rest): Documented => {
    const [method = '', path = ''] = line.split(' ');
    return { vendor, operation, method, path, query: none, ...rest };
  };

const enhance = of('enhance');
const enhanceSheet = [
  enhance('createLogin', 'POST /logins', {
    query: z.strictObject({ orgId: uuid }),
    headers: cookieOrBearer,
    body: json(z.strictObject({ email: z.email(), password: text, name: text })),
    good: { 201: z.strictObject({ id: uuid }) },
    bad: [400, 401, 403, 409],
  }),
  enhance('createOtpSession', 'GET /login/sessions/sso', {
    query: z.strictObject({ otp: uuid }),
    good: { 200: memberships },
    bad: [400, 401, 403],
  }),
  enhance('createSession', 'POST /login/sessions', {
    query: inRealm,
    body: json(z.strictObject({ email: z.email(), password: text, deviceId: text.optional() })),
    good: { 200: memberships, 201: z.strictObject({ authMethod: z.enum(['email', 'otp']) }) },
    bad: [400, 401, 403],
  }),
  enhance('deleteCurrentSession', 'DELETE /login/sessions/current', {
    headers: cookieOrBearer,
    good: { 200: null },
    bad: [401],
  }),
  enhance('deleteLoginAvatar', 'DELETE /login/avatar', {
    headers: cookieOrBearer,
    good: { 204: null },
    bad: [400, 401],
  }),
  enhance('deleteSession', 'DELETE /login/sessions/{session_id}', {
    headers: cookieOrBearer,
    good: { 200: null },
    bad: [401],
  }),
  enhance('deleteSessions', 'DELETE /login/sessions', {
    headers: cookieOrBearer,
    good: { 200: null },
    bad: [401],
  }),
  enhance('finishPasswordRecovery', 'POST /login/password-recovery', {
    query: withSecret,
    body: json(newPassword),
    good: { 200: null },
    bad: [400],
  }),
  enhance('getCustomerLogins', 'GET /v2/orgs/{org_id}/customers/logins', {
    query: z.strictObject(paging),
    headers: cookieOrBearer,
    good: { 200: logins },
    bad: [401, 403],
  }),
  enhance('getLogin', 'GET /login', { headers: cookieOrBearer, good: { 200: login }, bad: [400, 401] }),
  enhance('getLoginMemberships', 'GET /login/memberships', {
    headers: cookieOrBearer,
    good: { 200: memberships },
    bad: [401],
  }),
  enhance('getLogins', 'GET /logins', {
    query: z.strictObject({ ...paging, realmId: uuid.optional() }),
    headers: cookieOrBearer,
    good: { 200: logins },
    bad: [401, 403],
  }),
  enhance('getOrgLogins', 'GET /orgs/{org_id}/logins', {
    query: z.strictObject(paging),
    headers: cookieOrBearer,
    good: { 200: logins },
    bad: [401, 403],
  }),
  enhance('getSessions', 'GET /login/sessions', {
    good: {
      200: z.strictObject({
        items: z.array(
          z.strictObject({
            id: text,
            createdAt: text,
            userAgent: text.optional(),
            ipAddr: text.optional(),
            location: text.optional(),
          }),
        ),
      }),
    },
    bad: [401],
  }),
  enhance('resendPin', 'POST /login/2fa/resend-pin', {
    headers: cookie,
    body: json(z.strictObject({ authMethod })),
    good: { 200: null },
    bad: [400, 401, 403],
  }),
  enhance('setCustomerLoginPassword', 'PUT /v2/logins/{login_id}/password', {
    headers: cookieOrBearer,
    body: json(newPassword),
    good: { 200: null },
    bad: [400, 401, 403, 404],
  }),
  enhance('setLoginAvatar', 'PUT /login/avatar', {
    headers: cookieOrBearer,
    body: {
      type: /^multipart\/form-data; ?boundary=/,
      schema: z.string().regex(/^[^\r]+\r\nContent-Disposition: form-data; name="avatar"/),
    },
    good: { 200: null },
    bad: [400, 401],
  }),
  enhance('startPasswordRecovery', 'PUT /login/password-recovery', {
    query: inRealm,
    body: json(z.strictObject({ email: z.email() })),
    good: { 200: null },
    bad: [400],
  }),
  enhance('updateLoginInfo', 'PATCH /login', {
    headers: cookieOrBearer,
    body: json(
      z.strictObject({
        name: text.optional(),
        email: z.email().optional(),
        password: text.optional(),
        locale: text.optional(),
        authMethod: authMethod.optional(),
        currentPassword: text.optional(),
      }),
    ),
    good: { 200: z.strictObject({ otpUrl: text.optional(), verifyPin: z.boolean().optional() }) },
    bad: [400, 401, 403],
  }),
  enhance('validatePasswordRecovery', 'POST /login/password-recovery/validate', {
    query: withSecret,
    good: { 200: z.strictObject({ obfuscatedEmail: text.optional() }) },
    bad: [400],
  }),
  enhance('verify2FA', 'POST /login/2fa', {
    headers: cookie,
    body: json(
      z.strictObject({
        authMethod,
        pin: text,
        rememberMe: z
          .strictObject({ deviceId: text.length(32), ttl: z.int().min(3600).max(7_948_800) })
          .optional(),
      }),
    ),
    good: { 200: null },
    bad: [400, 401, 403],
  }),
];

// Cyclos, 4.11.1 and 4.16.18: response fields are all optional, so that they are checked for their types.
const anchor = z.looseObject({
  id: text.optional(),
  name: text.optional(),
  internalName: text.optional(),
});
const passwordMode = z.enum(['generated', 'manual', 'otp', 'script']);
const passwordType = z.looseObject({ ...anchor.shape, mode: passwordMode.optional() });
const mediums = z.array(z.enum(['email', 'sms']));
const credentials = z.array(z.enum(['device', 'password', 'pin', 'totp']));
const passwordInput = z.looseObject({
  ...anchor.shape,
  inputMethod: z.enum(['textBox', 'virtualKeyboard']).optional(),
  mode: passwordMode.optional(),
  hasActivePassword: z.boolean().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  otpSendMediums: mediums.optional(),
  buttonsPerRow: z.int().optional(),
  buttons: z.array(z.array(text)).optional(),
  allowedCredentials: credentials.optional(),
  activeCredentials: credentials.optional(),
  passwordType: passwordType.optional(),
  virtualKeyboardId: text.optional(),
  emailToSendOtp: text.optional(),
});
const auth = z.looseObject({
  user: z.looseObject({ id: text.optional(), display: text.optional() }).optional(),
  global: z.boolean().optional(),
  role: z.enum(['administrator', 'broker', 'member', 'operator']).optional(),
  sessionToken: text.optional(),
  accessClient: anchor.optional(),
  principalType: anchor.optional(),
  principal: text.optional(),
  passwordType: passwordType.optional(),
  secondaryPasswordType: passwordType.optional(),
  expiredPassword: z.boolean().optional(),
  pendingAgreements: z.boolean().optional(),
  expiredSecondaryPassword: z.boolean().optional(),
  pendingSecondaryPassword: z.boolean().optional(),
  loginConfirmation: passwordInput.optional(),
  trustedSession: z.boolean().optional(),
  totpEnabled: z.boolean().optional(),
});
const principalTypes = z.array(
  z.looseObject({
    ...anchor.shape,
    kind: z.enum([
      'accountNumber',
      'email',
      'mobilePhone',
      'username',
      'customField',
      'token',
      'accessClient',
      'trustedDevice',
    ]),
  }),
);
const boolean = z.enum(['true', 'false']);
const fields = { fields: z.union([text, z.array(text)]).optional() };
const sessionHeader = z.union([
  z.looseObject({ 'session-token': text.min(1) }),
  z.looseObject({ 'session-prefix': text.min(1), cookie: z.string().regex(/Session-Token=/) }),
]);
const captcha = z.strictObject({ challenge: text, response: text });
const always = [401, 403, 404, 405, 500, 503];
const sendMedium = { sendMedium: z.enum(['email', 'sms']).optional() };
const change = {
  securityAnswer: text.optional(),
  newPassword: text.optional(),
  checkConfirmation: z.boolean().optional(),
  newPasswordConfirmation: text.optional(),
};

const cyclos = of('cyclos');
const cyclosSheet = [
  cyclos('getCurrentAuth', 'GET /auth', { query: z.strictObject(fields), good: { 200: auth }, bad: always }),
  cyclos('login', 'POST /auth/session', {
    query: z.strictObject({
      ...fields,
      cookie: boolean.optional(),
      timeoutInSeconds: z.string().regex(/^\d+$/).optional(),
    }),
    headers: z.union([
      z.looseObject({
        authorization: z.string().regex(/^Basic [A-Za-z0-9+/]+=*$/),
        channel: z.literal('main'),
      }),
      z.looseObject({ 'access-client-token': text }),
    ]),
    good: { 200: auth },
    bad: [...always, 422],
  }),
  cyclos('logout', 'DELETE /auth/session', {
    query: z.strictObject({ cookie: boolean.optional() }),
    headers: sessionHeader,
    good: { 200: null },
    bad: [...always, 409],
  }),
  cyclos('getDataForLogin', 'GET /auth/data-for-login', {
    query: z.strictObject(fields),
    good: {
      200: z.looseObject({
        principalTypes: principalTypes.optional(),
        defaultPrincipalType: text.optional(),
        extraForgotPasswordPrincipalTypes: principalTypes.optional(),
        loginPasswordInput: passwordInput.optional(),
        forgotPasswordMediums: mediums.optional(),
      }),
      204: null,
    },
    bad: always,
  }),
  cyclos('getSecondaryPasswordInput', 'GET /auth/session/secondary-password', {
    headers: sessionHeader,
    good: { 200: passwordInput },
    bad: always,
  }),
  cyclos('validateSecondaryPassword', 'POST /auth/session/secondary-password', {
    headers: sessionHeader,
    body: { type: /^(application\/json|text\/plain)/, schema: text.min(1) },
    good: { 204: null },
    bad: always,
  }),
  cyclos('newOtp', 'POST /auth/otp', {
    query: z.strictObject({ medium: z.enum(['email', 'sms']) }),
    good: { 200: z.array(text) },
    bad: [...always, 422],
  }),
  cyclos('forgottenPasswordRequest', 'POST /auth/forgotten-password/request', {
    body: json(z.strictObject({ user: text, captcha: captcha.optional(), ...sendMedium })),
    good: { 200: z.strictObject({ ...sendMedium, sentTo: z.array(text).optional() }), 204: null },
    bad: [...always, 422],
  }),
  cyclos('getDataForChangeForgottenPassword', 'GET /auth/forgotten-password/data-for-change', {
    query: z.union([
      z.strictObject({ key: text, ...fields }),
      z.strictObject({ user: text, code: text, ...fields }),
    ]),
    good: {
      200: z.looseObject({ generated: z.boolean().optional(), securityQuestion: text.optional() }),
    },
    bad: always,
  }),
  cyclos('changeForgottenPassword', 'POST /auth/forgotten-password', {
    body: json(
      z.union([
        z.strictObject({ key: text, ...change }),
        z.strictObject({ user: text, code: text, ...sendMedium, ...change }),
      ]),
    ),
    good: { 204: null },
    bad: [...always, 422],
  }),
  cyclos('disconnectCurrentClient', 'DELETE /auth/access-client', {
    headers: z.looseObject({ 'access-client-token': text.min(1) }),
    good: { 200: null },
    bad: [...always, 409],
  }),
];

// nextAuth, 2.2.
const nonce = z.looseObject({ 'x-apikey': text.min(1), 'x-nonce': text.min(16) });
const sessionInfo = z.strictObject({
  ip: text.optional(),
  useragent: text.optional(),
  logo: text.optional(),
  info: z.looseObject({}).optional(),
});
const context = {
  body: json(z.strictObject({ sessioninfo: sessionInfo.optional(), announceinfo: sessionInfo.optional() })),
  bodyOptional: true,
} as const;
// None is declared for these six; 403 and 404 elsewhere in the document.
const bad = [400, 401, 403, 404];

const nextauth = of('nextauth');
const nextauthSheet = [
  nextauth('getQrLogin', 'GET /servers/{serverid}/sessions/qr/login', {
    query: z.strictObject({ img: z.literal('png').optional(), s: z.string().regex(/^\d+$/).optional() }),
    headers: nonce,
    ...context,
    good: { 200: z.unknown() },
    bad,
  }),
  nextauth('getSession', 'GET /servers/{serverid}/sessions/', {
    headers: nonce,
    good: {
      200: z.strictObject({
        loggedin: z.boolean().optional(),
        userid: text.optional(),
        accountid: z.int().optional(),
        canprovoke: z.boolean().optional(),
        loginqrdata: z.base64().optional(),
        pk: z.base64().optional(),
        hsid: text.optional(),
      }),
    },
    bad,
  }),
  nextauth('logout', 'POST /servers/{serverid}/sessions/logout', {
    headers: nonce,
    good: { 200: null },
    bad,
  }),
  nextauth('provokeLogin', 'POST /servers/{serverid}/sessions/provokelogin', {
    headers: nonce,
    ...context,
    good: { 200: null },
    bad,
  }),
  nextauth('provokeLoginOnAccount', 'POST /servers/{serverid}/accounts/{accountid}/provokelogin', {
    headers: nonce,
    ...context,
    good: { 200: null },
    bad,
  }),
  nextauth('provokeLoginOnUser', 'POST /servers/{serverid}/users/{userid}/provokelogin', {
    headers: nonce,
    ...context,
    good: { 200: null },
    bad,
  }),
];

// Koyeb, OpenAPI document v1.
const loginReply = z.strictObject({
  token: z.strictObject({
    id: text.optional(),
    user_id: text.optional(),
    organization_id: text.optional(),
    expires_at: z.iso.datetime().optional(),
  }),
});
const bearer = z.looseObject({ authorization: z.string().regex(/^Bearer \S+$/) });
const koyebBad = [400, 401, 403, 404, 500, 503];

const koyeb = of('koyeb');
const koyebSheet = [
  koyeb('login', 'POST /v1/account/login', {
    body: json(
      z.strictObject({
        email: text.optional(),
        password: text.optional(),
        organization_id: text.optional(),
      }),
    ),
    good: { 200: loginReply },
    bad: koyebBad,
  }),
  koyeb('logout', 'DELETE /v1/account/logout', { headers: bearer, good: { 200: none }, bad: koyebBad }),
  koyeb('newSession', 'POST /v1/account/session', {
    headers: bearer,
    good: { 200: loginReply },
    bad: koyebBad,
  }),
  koyeb('refreshToken', 'PUT /v1/account/refresh', {
    headers: bearer,
    good: { 200: loginReply },
    bad: koyebBad,
  }),
];

export const sheet: Documented[] = [...enhanceSheet, ...cyclosSheet, ...nextauthSheet, ...koyebSheet];
