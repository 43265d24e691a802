import { z } from 'zod';
import { listOf, maybe, moment, rowsOf } from '../kit/schema.ts';

/** Shapes of both generations (vendor's documents 4.11.1 and 4.16.18) in one: neither marks response fields as required. */

const text = maybe(z.string());
const flag = maybe(z.boolean());
const whole = maybe(z.number());
const words = listOf(z.string());

/** NamedEntity, InternalNamedEntity and EntityReference. */
const reference = z.object({ id: text, name: text, internalName: text });

export const user = z.object({
  id: text,
  display: text,
  shortDisplay: text,
  name: text,
  username: text,
  email: text,
  phone: text,
  accountNumber: text,
  group: maybe(reference),
});

const passwordType = z.object({
  ...reference.shape,
  mode: text,
  onlyNumeric: flag,
  minLength: whole,
  maxLength: whole,
  inputMethod: text,
  buttonsPerRow: whole,
  description: text,
});

/** What a password has to look like and how it is entered. The last six fields are 4.16. */
export const passwordInput = z.object({
  ...reference.shape,
  inputMethod: text,
  mode: text,
  hasActivePassword: flag,
  minLength: whole,
  maxLength: whole,
  otpSendMediums: words,
  buttonsPerRow: whole,
  /** One list of button labels a key press: the next press uses the next list, then the first again. */
  buttons: listOf(rowsOf(z.string(), 100), 100),
  allowedCredentials: maybe(z.array(z.string())),
  activeCredentials: maybe(z.array(z.string())),
  passwordType: maybe(passwordType),
  virtualKeyboardId: text,
  emailToSendOtp: text,
  mobilePhonesToSendOtp: listOf(z.object({ id: text, name: text, number: text, normalizedNumber: text })),
});
export type PasswordInput = z.infer<typeof passwordInput>;

const sessionRights = z.object({ view: flag, disconnect: flag, login: flag });

export const auth = z.object({
  user: maybe(user),
  global: flag,
  role: text,
  systemAdministrator: flag,
  permissions: maybe(z.object({ sessions: maybe(sessionRights) })),
  /** The whole token, or its first half with the split cookie. */
  sessionToken: text,
  accessClient: maybe(reference),
  principalType: maybe(reference),
  principal: text,
  passwordType: maybe(passwordType),
  secondaryPasswordType: maybe(passwordType),
  expiredPassword: flag,
  pendingAgreements: flag,
  expiredSecondaryPassword: flag,
  pendingSecondaryPassword: flag,
  // 4.16 from here on.
  trustedSession: flag,
  everAcceptedAgreements: flag,
  loginConfirmation: maybe(passwordInput),
  totpEnabled: flag,
  unauthorizedAddress: flag,
  allowPin: flag,
});
export type Auth = z.infer<typeof auth>;

const principalTypeInput = z.object({
  ...reference.shape,
  kind: text,
  mask: text,
  allowManualInput: flag,
  example: text,
});

export const dataForLogin = z.object({
  accessPasswordType: maybe(reference),
  principalTypes: listOf(principalTypeInput),
  defaultPrincipalType: text,
  extraForgotPasswordPrincipalTypes: listOf(principalTypeInput),
  loginPasswordInput: maybe(passwordInput),
  forgotPasswordCaptchaProvider: text,
  forgotPasswordCaptchaInput: maybe(z.object({ provider: text, textLength: whole })),
  /** Empty: a forgotten password can't be reset here. */
  forgotPasswordMediums: words,
});
export type DataForLogin = z.infer<typeof dataForLogin>;

export const forgottenPasswordResponse = z.object({ sendMedium: text, sentTo: words });

/** 4.11 has `generated`; 4.16 has `user`, `passwordType` and `principals`. */
export const dataForChangeForgottenPassword = z.object({
  generated: flag,
  securityQuestion: text,
  user: maybe(user),
  passwordType: maybe(passwordType),
  principals: listOf(z.object({ value: text, type: maybe(reference) })),
});

export const sentTo = rowsOf(z.string(), 20);

export const agreement = z.object({ ...reference.shape, required: flag });

/** 4.16, GET /auth/session. */
export const sessionInfo = z.object({
  createdAt: moment,
  expiresAt: moment,
  expirationInterval: maybe(z.object({ amount: z.number(), field: z.string() })),
  source: text,
});

/** 4.16; `sessionToken` is the live token of somebody's session: never to leave the main process. */
export const sessionResult = z.object({
  sessionToken: z.string(),
  creationDate: moment,
  remoteAddress: text,
  user: maybe(user),
  channel: maybe(reference),
  currentSession: flag,
});
export type SessionResult = z.infer<typeof sessionResult>;

export const userView = z.object({
  ...user.shape,
  status: text,
  role: text,
  registrationDate: moment,
  lastLogin: moment,
  online: flag,
  permissions: maybe(z.object({ session: maybe(z.object({ disconnect: flag })) })),
});

export const userStatus = z.object({
  user: maybe(user),
  status: text,
  possibleNewStatuses: words,
});

const passwordStatus = z.object({
  date: moment,
  status: text,
  type: maybe(passwordType),
  permissions: maybe(z.record(z.string(), z.unknown())),
  requireOldPasswordForChange: flag,
});
export const passwordsData = z.object({
  user: maybe(user),
  passwords: listOf(passwordStatus),
  sendMediums: words,
});

export const alert = z.object({ id: text, date: moment, text, type: text, user: maybe(user) });
