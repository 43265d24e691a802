import { readJson } from '#http/read-json.ts';
import { assumptions } from '../assumptions.ts';
import type { Refusal } from './errors.ts';
import {
  type AuthMethod,
  type LoginMembership,
  loginMemberships,
  sessionResult,
  sessionsFullListing,
} from './models.ts';
import type { Send } from './request.ts';

export interface LoginCreds {
  email: string;
  password: string;
  /** Of a device that verify2FA was asked to remember. */
  deviceId?: string;
}

export interface Login2FA {
  authMethod: AuthMethod;
  pin: string;
  /** `deviceId`: 32 characters; `ttl`: seconds, from 1 hour to 3 months. */
  rememberMe?: { deviceId: string; ttl: number };
}

/** `pending`: a PIN is due; `authMethod` is null when the panel does not say which. */
export type NewSession =
  | { kind: 'open'; memberships: LoginMembership[] }
  | { kind: 'pending'; authMethod: string | null };

function readAuthMethod(body: string): string | null {
  const { value } = readJson(Buffer.from(body));
  return sessionResult.safeParse(value).data?.authMethod ?? null;
}

const wrongPassword: Refusal = {
  kind: 'refused-credentials',
  message: 'The panel did not accept this e-mail address and password.',
  advice:
    'Check both, and that the login belongs to this realm: the address of the panel decides it, as the account names none.',
};
const wrongInRealm: Refusal = {
  kind: 'refused-credentials',
  message: 'The panel did not accept this e-mail address and password in this realm.',
  advice:
    'A login lives in one realm, and another lets it in only as a direct member. Check that it belongs there, and the password.',
};
const blockedNow: Refusal = {
  kind: 'locked-out',
  message: 'The panel does not let this login in at the moment.',
  advice:
    'It may be blocked after too many failures, or sign in from a network address that the panel does not let in; an administrator of the panel sees both.',
};
const over = { kind: 'refused-prompt', advice: 'Start again: the panel then asks for a new PIN.' } as const;
const shutOut = {
  kind: 'refused-prompt',
  advice: 'Its organisation may be suspended; an administrator of the panel sees that.',
} as const;

/** Sessions and the second factor. Throws GatehouseError as every request does. */
export function sessionOperations(send: Send) {
  return {
    /** OpenAPI 12.21.3, createSession: 200 is a session, 201 one that waits for a PIN, whatever its body. */
    async createSession(creds: LoginCreds, realmId?: string): Promise<NewSession> {
      const { value } = await send<{ memberships: LoginMembership[] } | string | undefined>({
        operation: 'createSession',
        method: 'POST',
        path: ['login', 'sessions'],
        queryIds: { realmId },
        json: creds,
        ok: [200, 201],
        bodyByStatus: { 200: { kind: 'json', schema: loginMemberships }, 201: { kind: 'text' } },
        refusals: {
          400: {
            kind: 'invalid',
            message: realmId
              ? 'The panel could not use this e-mail address or password, or has no realm of this id.'
              : 'The panel could not use this e-mail address or password.',
          },
          401: (said) =>
            assumptions.saysBlocked.test(said) ? blockedNow : realmId ? wrongInRealm : wrongPassword,
          403: blockedNow,
        },
      });
      if (value && typeof value === 'object') return { kind: 'open', memberships: value.memberships };
      return { kind: 'pending', authMethod: readAuthMethod(value ?? '') };
    },

    /** OpenAPI 12.21.3, createOtpSession: spends a one-time link and bypasses the second factor; never retried. */
    async createOtpSession(otp: string): Promise<LoginMembership[]> {
      const { value } = await send({
        operation: 'createOtpSession',
        method: 'GET',
        path: ['login', 'sessions', 'sso'],
        query: { otp },
        ok: [200],
        body: { kind: 'json', schema: loginMemberships },
        refusals: {
          400: {
            kind: 'refused-credentials',
            message: 'The panel does not take this for a one-time link of its own.',
            advice: 'Check that all of it was copied, or ask for a new link.',
          },
          401: {
            kind: 'refused-credentials',
            message: 'The panel did not accept this one-time link; it has been used already or is too old.',
            advice: 'Ask for a new link.',
          },
          403: {
            kind: 'locked-out',
            message: 'The panel does not let in the login that this one-time link belongs to.',
            advice: 'Its organisation may be suspended; an administrator of the panel sees that.',
          },
        },
      });
      return value.memberships;
    },

    /** OpenAPI 12.21.3, verify2FA: any failure also destroys the pending session. */
    async verify2FA(answer: Login2FA): Promise<void> {
      await send({
        operation: 'verify2FA',
        method: 'POST',
        path: ['login', '2fa'],
        json: answer,
        ok: [200],
        refusals: {
          400: { ...over, message: 'The panel could not read this as a PIN and has ended the sign-in.' },
          401: {
            ...over,
            message:
              'The panel did not accept this PIN and has ended the sign-in; the PIN can’t be tried again.',
          },
          403: { ...shutOut, message: 'The panel does not let this login in any more, whatever its PIN.' },
        },
      });
    },

    /** OpenAPI 12.21.3, resendPin: sends a new PIN; a failure destroys the pending session. */
    async resendPin(authMethod: AuthMethod): Promise<void> {
      await send({
        operation: 'resendPin',
        method: 'POST',
        path: ['login', '2fa', 'resend-pin'],
        json: { authMethod },
        ok: [200],
        refusals: {
          400: {
            ...over,
            message: 'The panel has no PIN to send for this kind of sign-in, and has ended it.',
          },
          401: { ...over, message: 'The panel did not send another PIN and has ended the sign-in.' },
          403: { ...shutOut, message: 'The panel does not let this login in any more, and sends it no PIN.' },
        },
      });
    },

    /** The caller's own sessions, at most; nobody can list another person's. */
    async getSessions() {
      const { value } = await send({
        operation: 'getSessions',
        method: 'GET',
        path: ['login', 'sessions'],
        ok: [200],
        body: { kind: 'json', schema: sessionsFullListing },
        safeToRetry: true,
      });
      return value.items;
    },

    async deleteCurrentSession(): Promise<void> {
      await send({
        operation: 'deleteCurrentSession',
        method: 'DELETE',
        path: ['login', 'sessions', 'current'],
        safeToRetry: true,
      });
    },

    async deleteSession(sessionId: string): Promise<void> {
      await send({
        operation: 'deleteSession',
        method: 'DELETE',
        path: ['login', 'sessions', { id: sessionId }],
        safeToRetry: true,
      });
    },

    /** Ends every session of this login, the calling one included. */
    async deleteSessions(): Promise<void> {
      await send({
        operation: 'deleteSessions',
        method: 'DELETE',
        path: ['login', 'sessions'],
      });
    },
  };
}
