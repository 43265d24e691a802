import type { z } from 'zod';
import type { VendorHttp } from '#http/types.ts';
import { rowsOf } from '../kit/schema.ts';
import type { Access } from './access.ts';
import type { Medium } from './client.ts';
import { type Generation, several } from './generation.ts';
import * as model from './models.ts';
import { cyclosRequests } from './request.ts';

/** What a session needs beside the Auth operations: its life, its confirmation, agreements, own passwords. */
export function sessionClient(http: VendorHttp, access: Access, generation: Generation = '4.16') {
  const ask = cyclosRequests(http, access);
  return {
    /** 4.16: when the session ends; undefined (204) when this access is no session. 4.11 throws `not-found`. */
    async getSessionInfo() {
      const { value } = await ask.answer<z.infer<typeof model.sessionInfo> | undefined>(
        {
          operation: 'getCurrentSession',
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

    /** 4.16. */
    getLoginConfirmation: () =>
      ask.json(
        {
          operation: 'getLoginConfirmation',
          newIn416: true,
          method: 'GET',
          path: ['auth', 'session', 'login-confirmation'],
          safeToRetry: true,
        },
        model.passwordInput,
      ),

    /** 4.16: the password, `totp:<code>`, or a one-time password. */
    confirmLogin: (value: string) =>
      ask.empty({
        operation: 'confirmLogin',
        newIn416: true,
        method: 'POST',
        path: ['auth', 'session', 'login-confirmation'],
        text: value,
      }),

    /** 4.16: sends a one-time password for the confirmation; answers where it went. */
    newLoginConfirmationOtp: (medium: Medium) =>
      ask.json(
        {
          operation: 'newLoginConfirmationOtp',
          newIn416: true,
          method: 'POST',
          path: ['auth', 'session', 'login-confirmation', 'otp'],
          query: { medium },
        },
        model.sentTo,
      ),

    listPendingAgreements: () =>
      ask.json(
        {
          operation: 'listPendingAgreements',
          method: 'GET',
          path: ['agreements', 'pending'],
          safeToRetry: true,
        },
        rowsOf(model.agreement, 100),
      ),

    /** By id or internal name. */
    acceptAgreements: (agreements: string[]) =>
      ask.empty({
        operation: 'acceptPendingAgreement',
        method: 'POST',
        path: ['agreements', 'accept'],
        query: { agreements: several(agreements, generation) },
      }),

    /** Changes a password; the old one is needed for one's own. `user` may be `self`, `type` an id or internal name. */
    changePassword: (input: {
      user: string;
      type: string;
      oldPassword?: string;
      newPassword: string;
      forceChange?: boolean;
    }) => {
      const { user, type, newPassword, ...rest } = input;
      return ask.empty({
        operation: 'changePassword',
        method: 'POST',
        path: [user, 'passwords', type, 'change'],
        json: { ...rest, newPassword, checkConfirmation: true, newPasswordConfirmation: newPassword },
        right: 'to change this password',
      });
    },

    /** A new captcha; answers its id. */
    newCaptcha: () => ask.text({ operation: 'newCaptcha', method: 'POST', path: ['captcha'] }),

    /** The captcha's picture, in bytes; `width` and `height` in pixels. */
    async getCaptchaImage(id: string, size: { width: number; height: number }): Promise<Uint8Array> {
      const { value } = await http.send<Uint8Array>({
        operation: 'getCaptchaContent',
        method: 'GET',
        path: ['captcha', id],
        query: size,
        headers: { accept: 'image/*' },
        ok: [200],
        body: { kind: 'bytes' },
        safeToRetry: true,
      });
      return value;
    },
  };
}
