import { z } from 'zod';
import { cappedArray, cappedArrayOrEmpty, optional, timestamp } from '../../kit/schema.ts';

/** Shapes of both generations (vendor's documents 4.11.1 and 4.16.18) in one: neither marks response fields as required. */

const text = optional(z.string());
const flag = optional(z.boolean());
const whole = optional(z.number());
const words = cappedArrayOrEmpty(z.string());

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
  group: optional(reference),
});

/** What the caller may filter the people by; not told what it may not. */
export const userDataForSearch = z.object({ groups: cappedArrayOrEmpty(reference) });

const passwordType = z.object({
  ...reference.shape,
  mode: text,
  onlyNumeric: flag,
  minLength: whole,
  maxLength: whole,
  inputMethod: text,
  buttonsPerRow: whole,
  /** What it has to be like, in words. */
  description: text,
  /** `required`, `optional` or `disabled`; 4.16, and so are the lengths. */
  ...{ lowerCaseLetters: text, upperCaseLetters: text, numbers: text, specialCharacters: text },
});
export type PasswordType = z.infer<typeof passwordType>;

/** What a password has to look like and how it is entered. Those from `allowedCredentials` on are 4.16. */
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
  buttons: cappedArrayOrEmpty(cappedArray(z.string(), 100), 100),
  allowedCredentials: optional(z.array(z.string())),
  activeCredentials: optional(z.array(z.string())),
  passwordType: optional(passwordType),
  passwordStatus: text,
  virtualKeyboardId: text,
  emailToSendOtp: text,
  mobilePhonesToSendOtp: cappedArrayOrEmpty(
    z.object({ id: text, name: text, number: text, normalizedNumber: text }),
  ),
});
export type PasswordInput = z.infer<typeof passwordInput>;

/** The rights that decide what is offered; `sessions` is 4.16. */
const authRights = z.object({
  users: optional(z.object({ search: flag })),
  identityProviders: optional(z.object({ enabled: flag })),
  sessions: optional(z.object({ view: flag, disconnect: flag, login: flag })),
});

export const auth = z.object({
  user: optional(user),
  global: flag,
  role: text,
  systemAdministrator: flag,
  permissions: optional(authRights),
  /** The whole token, or its first half with the split cookie. */
  sessionToken: text,
  accessClient: optional(reference),
  principalType: optional(reference),
  principal: text,
  passwordType: optional(passwordType),
  secondaryPasswordType: optional(passwordType),
  expiredPassword: flag,
  pendingAgreements: flag,
  expiredSecondaryPassword: flag,
  pendingSecondaryPassword: flag,
  // 4.16 from here on.
  trustedSession: flag,
  everAcceptedAgreements: flag,
  loginConfirmation: optional(passwordInput),
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
  accessPasswordType: optional(reference),
  principalTypes: cappedArrayOrEmpty(principalTypeInput),
  defaultPrincipalType: text,
  extraForgotPasswordPrincipalTypes: cappedArrayOrEmpty(principalTypeInput),
  loginPasswordInput: optional(passwordInput),
  forgotPasswordCaptchaProvider: text,
  forgotPasswordCaptchaInput: optional(z.object({ provider: text, textLength: whole })),
  /** 4.16: seconds after which a code may be sent again. */
  verificationCodeSeconds: whole,
  /** 4.16. */
  identityProviders: cappedArrayOrEmpty(reference, 100),
  /** Empty: a forgotten password can't be reset here. */
  forgotPasswordMediums: words,
});
export type DataForLogin = z.infer<typeof dataForLogin>;

export const forgottenPasswordResponse = z.object({ sendMedium: text, sentTo: words });

/** 4.11 has `generated`; 4.16 has `user`, `passwordType` and `principals`. */
export const dataForChangeForgottenPassword = z.object({
  generated: flag,
  securityQuestion: text,
  user: optional(user),
  passwordType: optional(passwordType),
  principals: cappedArrayOrEmpty(z.object({ value: text, type: optional(reference) })),
});

export const otpResult = z.object({ sentTo: text });

export const sentTo = cappedArray(z.string(), 20);

/** `required` is 4.16, which tells the content (HTML) apart; 4.11 tells it here. */
export const agreement = z.object({ ...reference.shape, required: flag, content: text });
export type Agreement = z.infer<typeof agreement>;

export const agreementContent = z.object({ content: text });

export const identityRequest = z.object({
  identityProvider: optional(reference),
  requestId: text,
  url: text,
});

/** What came of a sign-in by an identity provider. `sessionToken` is live: never to leave the main process. */
export const identityCallback = z.object({
  status: text,
  requestId: text,
  sessionToken: text,
  errorMessage: text,
});
export type IdentityCallback = z.infer<typeof identityCallback>;

/** 4.16, GET /auth/session. */
export const sessionInfo = z.object({ expiresAt: timestamp });

/** 4.16; `sessionToken` is the live token of somebody's session: never to leave the main process. */
export const sessionResult = z.object({
  sessionToken: text,
  creationDate: timestamp,
  remoteAddress: text,
  user: optional(user),
  channel: optional(reference),
  currentSession: flag,
});
export type SessionResult = z.infer<typeof sessionResult> & { sessionToken: string };

/** `status` and these permissions are 4.16. */
export const userView = z.object({
  ...user.shape,
  status: text,
  role: text,
  registrationDate: timestamp,
  lastLogin: timestamp,
  online: flag,
  phones: cappedArrayOrEmpty(z.object({ name: text, number: text, normalizedNumber: text })),
  permissions: optional(
    z.object({
      session: optional(z.object({ disconnect: flag })),
      passwords: optional(z.object({ resetSecurityQuestion: flag })),
      identityProviders: optional(z.object({ view: flag })),
    }),
  ),
});
export type UserView = z.infer<typeof userView>;

export const userStatus = z.object({
  status: text,
  /** There for those who may change it. */
  possibleNewStatuses: optional(words),
  history: cappedArrayOrEmpty(
    z.object({
      by: optional(user),
      status: text,
      period: optional(z.object({ begin: timestamp, end: timestamp })),
      comment: text,
    }),
  ),
});
export type UserStatus = z.infer<typeof userStatus>;

export const password = z.object({
  date: timestamp,
  status: text,
  type: optional(passwordType),
  permissions: optional(
    z.object({
      ...{ change: flag, unblock: flag, disable: flag, enable: flag, resetAndSend: flag },
      /** Of passwords that Cyclos makes: by their owner, and by who lets the owner do so. */
      ...{ changeGenerated: flag, generate: flag, allowGeneration: flag, resetGenerated: flag },
    }),
  ),
  requireOldPasswordForChange: flag,
});
export type Password = z.infer<typeof password>;

export const passwordsData = z.object({
  passwords: cappedArrayOrEmpty(password),
  /** 4.16. */
  sendMediums: optional(words),
  /** 4.16; present while the person has no security answer and can have one. */
  dataForSetSecurityAnswer: optional(z.object({ securityQuestions: cappedArrayOrEmpty(reference, 100) })),
  /** Present when sensitive actions have to be confirmed with a password of the caller's own. */
  confirmationPasswordInput: optional(passwordInput),
});
export type PasswordsData = z.infer<typeof passwordsData>;

const phone = z.object({ id: text, name: text, number: text, normalizedNumber: text });

/** 4.16. There is always one: `status` is `neverCreated` for who has no authenticator, and only `active` is one in use. */
export const totpSecret = z.object({
  status: text,
  canRemove: flag,
  /** From here on only of oneself. `secretUrl` is the secret, while it is `pending`: never to stand on a page. */
  canActivate: flag,
  secretUrl: text,
  sendVerificationCodeData: optional(
    z.object({ mediums: words, email: text, phones: cappedArrayOrEmpty(phone, 100) }),
  ),
});
export type TotpSecret = z.infer<typeof totpSecret>;

export const device = z.object({ id: text, name: text, active: flag, date: timestamp });
export type Device = z.infer<typeof device>;

export const deviceConfirmation = z.object({ qrContent: text, status: text });

export const alert = z.object({ id: text, date: timestamp, text, type: text, user: optional(user) });
export type Alert = z.infer<typeof alert>;

/** A kind of access client that a person can have; no document lists the clients themselves. */
export const clientType = z.object({ ...reference.shape, canManage: flag, hasUnassigned: flag });
export type ClientType = z.infer<typeof clientType>;

/** `user`, its owner, is 4.16. */
export const clientView = z.object({
  id: text,
  name: text,
  status: text,
  user: optional(user),
  activationDate: timestamp,
  canUnassign: flag,
  confirmationPasswordInput: optional(passwordInput),
});
export type ClientView = z.infer<typeof clientView>;

/** 4.16; `status` is `linked`, `notLinked`, or `disabled` where the person can't sign in by the provider. */
const identityLink = z.object({
  id: text,
  identityProvider: optional(reference),
  status: text,
  linkDate: timestamp,
  name: text,
  email: text,
});
export type IdentityLink = z.infer<typeof identityLink>;
export const identityLinks = z.object({
  canEdit: flag,
  identityProviders: cappedArrayOrEmpty(identityLink, 100),
});
export type IdentityLinks = z.infer<typeof identityLinks>;

/** 4.16; `accepted` goes by the agreement's id. `remoteAddress` is told of others only. */
export const userAgreements = z.object({
  agreements: cappedArrayOrEmpty(agreement, 100),
  accepted: optional(z.record(z.string(), z.object({ date: timestamp, acceptedVersion: whole }))),
  history: cappedArrayOrEmpty(
    z.object({
      agreement: optional(agreement),
      acceptedVersion: whole,
      accepted: flag,
      date: timestamp,
      remoteAddress: text,
    }),
  ),
});
export type UserAgreements = z.infer<typeof userAgreements>;
