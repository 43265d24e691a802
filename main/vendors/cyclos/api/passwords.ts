import type { Medium } from '../medium.ts';
import { type Generation, several } from './generation.ts';
import * as model from './models.ts';
import { type CyclosRequests, confirmed } from './request.ts';

/** Passwords of people; `user` may be `self`, `type` an id or internal name. */
export function passwordOperations(ask: CyclosRequests, generation: Generation) {
  const order = (operation: string, path: string[], right: string) =>
    ask.empty({ operation, method: 'POST', path, right });
  const made = (operation: string, type: string, path: string, headers = confirmed('')) =>
    ask.text({
      operation,
      method: 'POST',
      path: ['passwords', type, path],
      headers,
      right: 'to have this password made',
    });

  return {
    ...forgottenPasswordOperations(ask, generation),

    getPasswords: (user: string) =>
      ask.read('getUserPasswordsListData', [user, 'passwords', 'list-data'], model.passwordsData, {
        right: 'to manage passwords',
      }),

    getPassword: (user: string, type: string) =>
      ask.read('getUserPasswordsData', [user, 'passwords', type], model.password, {
        right: 'to manage passwords',
      }),

    unblockPassword: (user: string, type: string) =>
      order('unblockPassword', [user, 'passwords', type, 'unblock'], 'to unblock passwords'),
    disablePassword: (user: string, type: string) =>
      order('disablePassword', [user, 'passwords', type, 'disable'], 'to disable passwords'),
    enablePassword: (user: string, type: string) =>
      order('enablePassword', [user, 'passwords', type, 'enable'], 'to enable passwords'),

    /** Lets the owner have the password made for the first time. */
    allowGeneration: (user: string, type: string) =>
      order('allowGeneration', [user, 'passwords', type, 'allow-generation'], 'to allow passwords'),
    /** The password is over; its owner can have another one made. */
    resetGeneratedPassword: (user: string, type: string) =>
      order('resetGeneratedPassword', [user, 'passwords', type, 'reset-generated'], 'to reset passwords'),

    /** Has Cyclos make one's own password, where there is none or it is over. Returns it, this one time. */
    generatePassword: (type: string) => made('generatePassword', type, 'generate'),

    /** Has Cyclos make another in place of one's own active one. Returns it, this one time. */
    changeGenerated: (type: string, confirmation: string) =>
      made('changeGenerated', type, 'change-generated', confirmed(confirmation)),

    /** 4.16; `question` is an internal name. Only who has no answer yet can set one. */
    setSecurityAnswer: (question: string, answer: string) =>
      ask.empty({
        operation: 'setSecurityAnswer',
        newIn416: true,
        method: 'POST',
        path: ['security-answer'],
        json: { securityQuestion: question, securityAnswer: answer },
        right: 'to set a security answer',
      }),

    /** 4.16: of somebody else, who can set another then. */
    resetUserSecurityAnswer: (user: string) =>
      ask.empty({
        operation: 'resetUserSecurityAnswer',
        newIn416: true,
        method: 'DELETE',
        path: [user, 'security-answer'],
        right: 'to reset security answers',
      }),

    resetAndSendPassword: (user: string, type: string, sendMediums: string[]) =>
      ask.empty({
        operation: 'resetAndSendPassword',
        method: 'POST',
        path: [user, 'passwords', type, 'reset-and-send'],
        query: { sendMediums: sendMediums.length ? several(sendMediums, generation) : undefined },
        right: 'to reset passwords',
      }),

    /** The old one is needed for one's own, unless it has expired or was reset. */
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
  };
}

/** A generated password is sent by Cyclos, so that nothing but the key or code is needed. */
interface NewPassword {
  newPassword?: string;
  newPasswordConfirmation?: string;
  checkConfirmation?: boolean;
  securityAnswer?: string;
  /** 4.16 only. */
  sendMedium?: Medium;
}

/** A guest's way to a new password. */
function forgottenPasswordOperations(ask: CyclosRequests, generation: Generation) {
  return {
    /** Starts the recovery of a password. 4.16 returns where the code went. */
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
      ask.read(
        'getDataForChangeForgottenPassword',
        ['auth', 'forgotten-password', 'data-for-change'],
        model.dataForChangeForgottenPassword,
        { query: { ...by } },
      ),

    changeForgottenPassword: (input: NewPassword & ({ key: string } | { user: string; code: string })) =>
      ask.empty({
        operation: 'changeForgottenPassword',
        method: 'POST',
        path: ['auth', 'forgotten-password'],
        json: input,
        ok: [204],
      }),

    /** A new captcha; returns its id. */
    newCaptcha: () => ask.text({ operation: 'newCaptcha', method: 'POST', path: ['captcha'] }),

    /** The captcha's picture, in bytes; `width` and `height` in pixels. */
    getCaptchaImage: (id: string, size: { width: number; height: number }) =>
      ask.bytes({
        operation: 'getCaptchaContent',
        method: 'GET',
        path: ['captcha', id],
        query: size,
        headers: { accept: 'image/*' },
        safeToRetry: true,
      }),
  };
}
