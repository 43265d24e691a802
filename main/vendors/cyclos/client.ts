import type { VendorHttp } from '#http/types.ts';
import type { Access } from './access.ts';
import { type Generation, several } from './generation.ts';
import * as model from './models.ts';
import { cyclosRequests } from './request.ts';

/** The operations of Cyclos's Auth API; session-client.ts and people-client.ts have what is related. */
export const operations = [
  'changeForgottenPassword',
  'disconnectCurrentClient',
  'forgottenPasswordRequest',
  'getCurrentAuth',
  'getDataForChangeForgottenPassword',
  'getDataForLogin',
  'getSecondaryPasswordInput',
  'login',
  'logout',
  'newOtp',
  'validateSecondaryPassword',
] as const;

export type Medium = 'email' | 'sms';

/** A generated password is sent by Cyclos, so that nothing but the key or code is needed. */
interface NewPassword {
  newPassword?: string;
  newPasswordConfirmation?: string;
  checkConfirmation?: boolean;
  securityAnswer?: string;
  /** 4.16 only. */
  sendMedium?: Medium;
}

/**
 * Cyclos's Auth operations over one door. Every method throws GatehouseError. Shapes: the vendor's documents 4.11.1 and
 * 4.16.18; `generation` decides where the two want different requests.
 */
export function cyclosClient(http: VendorHttp, access: Access, generation: Generation = '4.16') {
  const ask = cyclosRequests(http, access);
  const fieldsOf = (fields?: string[]) => (fields ? { fields: several(fields, generation) } : {});

  return {
    /** Who this access is; a guest has no `user`. Renews a session. */
    getCurrentAuth: (fields?: string[]) =>
      ask.json(
        {
          operation: 'getCurrentAuth',
          method: 'GET',
          path: ['auth'],
          query: fieldsOf(fields),
          safeToRetry: true,
        },
        model.auth,
      ),

    /**
     * Opens a session with a basic access (or an access client). With `cookie` the answer's token is the first half, for
     * a split access; the second comes as a cookie. `timeout`, in seconds, can only shorten the session.
     */
    login: (options: { cookie?: boolean; timeout?: number; fields?: string[] } = {}) =>
      ask.json(
        {
          operation: 'login',
          method: 'POST',
          path: ['auth', 'session'],
          query: { ...fieldsOf(options.fields), cookie: options.cookie, timeoutInSeconds: options.timeout },
        },
        model.auth,
      ),

    /** Ends the session; with `cookie` its cookie is erased too. A dead session is answered with 401. */
    logout: (options: { cookie?: boolean } = {}) =>
      ask.empty({
        operation: 'logout',
        method: 'DELETE',
        path: ['auth', 'session'],
        query: { cookie: options.cookie },
      }),

    /** What a sign-in here needs; undefined (204) for an access that is signed in already. */
    async getDataForLogin(fields?: string[]): Promise<model.DataForLogin | undefined> {
      const { value } = await ask.answer(
        {
          operation: 'getDataForLogin',
          method: 'GET',
          path: ['auth', 'data-for-login'],
          query: fieldsOf(fields),
          ok: [200, 204],
          emptyAllowed: true,
          safeToRetry: true,
        },
        model.dataForLogin,
      );
      return value;
    },

    getSecondaryPasswordInput: () =>
      ask.json(
        {
          operation: 'getSecondaryPasswordInput',
          method: 'GET',
          path: ['auth', 'session', 'secondary-password'],
          safeToRetry: true,
        },
        model.passwordInput,
      ),

    /** The second password of a pending session: a bare JSON string for 4.11, plain text for 4.16. */
    validateSecondaryPassword: (value: string) =>
      ask.empty({
        operation: 'validateSecondaryPassword',
        method: 'POST',
        path: ['auth', 'session', 'secondary-password'],
        ok: [204],
        ...(generation === '4.11' ? { json: value } : { text: value }),
      }),

    /** Sends a one-time password; answers where it went. */
    newOtp: (medium: Medium) =>
      ask.json(
        { operation: 'newOtp', method: 'POST', path: ['auth', 'otp'], query: { medium } },
        model.sentTo,
      ),

    /** Starts the recovery of a password. 4.11 answers nothing, 4.16 where the code went. */
    async forgottenPasswordRequest(input: {
      user: string;
      captcha?: { challenge: string; response: string };
      /** 4.16 only. */
      sendMedium?: Medium;
    }) {
      const { sendMedium, ...both } = input;
      const { value } = await ask.answer<{ sendMedium: string | undefined; sentTo: string[] } | undefined>(
        {
          operation: 'forgottenPasswordRequest',
          method: 'POST',
          path: ['auth', 'forgotten-password', 'request'],
          json: generation === '4.11' || !sendMedium ? both : input,
          ok: [200, 204],
          emptyAllowed: true,
        },
        model.forgottenPasswordResponse,
      );
      return value;
    },

    /** What the new password needs: by the mail's `key` (4.11), or by person and code (4.16). */
    getDataForChangeForgottenPassword: (by: { key: string } | { user: string; code: string }) =>
      ask.json(
        {
          operation: 'getDataForChangeForgottenPassword',
          method: 'GET',
          path: ['auth', 'forgotten-password', 'data-for-change'],
          query: { ...by },
          safeToRetry: true,
        },
        model.dataForChangeForgottenPassword,
      ),

    changeForgottenPassword: (input: NewPassword & ({ key: string } | { user: string; code: string })) =>
      ask.empty({
        operation: 'changeForgottenPassword',
        method: 'POST',
        path: ['auth', 'forgotten-password'],
        json: input,
        ok: [204],
      }),

    /** Deactivates the access client that asks; it has to be activated again before it can be used. */
    disconnectCurrentClient: (confirmation?: string) =>
      ask.empty({
        operation: 'disconnectCurrentClient',
        method: 'DELETE',
        path: ['auth', 'access-client'],
        headers: confirmation ? { confirmationpassword: confirmation } : {},
      }),
  };
}

export type CyclosClient = ReturnType<typeof cyclosClient>;
