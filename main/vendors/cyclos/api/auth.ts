import type { z } from 'zod';
import { cappedArray } from '../../kit/schema.ts';
import type { Medium } from '../medium.ts';
import { type Generation, several, severalFields } from './generation.ts';
import * as model from './models.ts';
import { type CyclosRequests, confirmed } from './request.ts';

/** Signing in and out. */
export function authOperations(ask: CyclosRequests, generation: Generation) {
  const fieldsOf = (fields?: string[]) => (fields ? { fields: severalFields(fields, generation) } : {});

  return {
    ...secondStepOperations(ask, generation),

    /** Who this access is; a guest has no `user`. Renews a session. */
    getCurrentAuth: (fields?: string[]) =>
      ask.read('getCurrentAuth', ['auth'], model.auth, { query: fieldsOf(fields) }),

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

    /** 4.16: when the session ends; undefined (204) when this access is no session. */
    async getSessionInfo() {
      const { value } = await ask.answer<z.infer<typeof model.sessionInfo> | undefined>(
        {
          operation: 'getSessionProperties',
          newIn416: true,
          method: 'GET',
          path: ['auth', 'session'],
          ok: [200, 204],
          emptyAllowed: true,
          safeToRetry: true,
        },
        model.sessionInfo,
      );
      return value;
    },

    listPendingAgreements: () =>
      ask.read('listPendingAgreements', ['agreements', 'pending'], cappedArray(model.agreement, 100)),

    /** 4.16: what an agreement says now, as HTML. */
    getAgreementContent: (key: string) =>
      ask.read('getAgreementContent', ['agreements', key, 'content'], model.agreementContent, {
        newIn416: true,
      }),

    /** By id or internal name. */
    acceptAgreements: (agreements: string[]) =>
      ask.empty({
        operation: 'acceptPendingAgreement',
        method: 'POST',
        path: ['agreements', 'accept'],
        query: { agreements: several(agreements, generation) },
      }),

    /** Deactivates the access client that asks; it has to be activated again before it can be used. */
    disconnectCurrentClient: (confirmation = '') =>
      ask.empty({
        operation: 'disconnectCurrentClient',
        method: 'DELETE',
        path: ['auth', 'access-client'],
        headers: confirmed(confirmation),
      }),
  };
}

/** The second step of a sign-in: a secondary password in 4.11, a login confirmation in 4.16. */
function secondStepOperations(ask: CyclosRequests, generation: Generation) {
  return {
    getSecondaryPasswordInput: () =>
      ask.read('getSecondaryPasswordInput', ['auth', 'session', 'secondary-password'], model.passwordInput),

    /** The second password of a pending session: a bare JSON string for 4.11, plain text for 4.16. */
    validateSecondaryPassword: (value: string) =>
      ask.empty({
        operation: 'validateSecondaryPassword',
        method: 'POST',
        path: ['auth', 'session', 'secondary-password'],
        ok: [204],
        ...(generation === '4.11' ? { json: value } : { text: value }),
      }),

    /** Sends a one-time password; returns where it went. */
    newOtp: (medium: Medium) =>
      ask.json(
        { operation: 'newOtp', method: 'POST', path: ['auth', 'otp'], query: { medium } },
        model.sentTo,
      ),

    /** 4.16. */
    getLoginConfirmation: () =>
      ask.read('getLoginConfirmation', ['auth', 'session', 'login-confirmation'], model.passwordInput, {
        newIn416: true,
      }),

    /** 4.16: the password, `totp:<code>`, or a one-time password. */
    confirmLogin: (value: string) =>
      ask.empty({
        operation: 'confirmLogin',
        newIn416: true,
        method: 'POST',
        path: ['auth', 'session', 'login-confirmation'],
        text: value,
      }),

    /** 4.16: sends a one-time password for the confirmation; an SMS to these phones (ids), or to all. Returns where it went. */
    newLoginConfirmationOtp: (medium: Medium, mobilePhones: string[] = []) =>
      ask.json(
        {
          operation: 'newOtpForLoginConfirmation',
          newIn416: true,
          method: 'POST',
          path: ['auth', 'session', 'login-confirmation', 'otp'],
          query: { medium, ...(mobilePhones.length ? { mobilePhones } : {}) },
        },
        model.sentTo,
      ),
  };
}
