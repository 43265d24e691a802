import { validatedPasswordRecovery } from './models.ts';
import type { Send } from './request.ts';

const linkIsOver = {
  kind: 'invalid',
  message: 'This recovery link is unknown or too old.',
  advice: 'Start the password recovery again.',
} as const;

/** The forgotten password: asked for by e-mail, finished with the secret from the mailed link. */
export function recoveryOperations(send: Send) {
  return {
    /** Succeeds for unknown addresses too: the panel does not tell. */
    async startPasswordRecovery(email: string, realmId?: string): Promise<void> {
      await send({
        operation: 'startPasswordRecovery',
        method: 'PUT',
        path: ['login', 'password-recovery'],
        queryIds: { realmId },
        json: { email },
        refusals: {
          400: { kind: 'invalid', message: 'The panel could not use this e-mail address or realm.' },
        },
      });
    },

    /** Returns whose link it is, as far as the panel shows it. */
    async validatePasswordRecovery(secret: string): Promise<string | null> {
      const { value } = await send({
        operation: 'validatePasswordRecovery',
        method: 'POST',
        path: ['login', 'password-recovery', 'validate'],
        query: { secret },
        ok: [200],
        body: { kind: 'json', schema: validatedPasswordRecovery },
        refusals: { 400: linkIsOver },
      });
      return value.obfuscatedEmail ?? null;
    },

    async finishPasswordRecovery(secret: string, newPassword: string): Promise<void> {
      await send({
        operation: 'finishPasswordRecovery',
        method: 'POST',
        path: ['login', 'password-recovery'],
        query: { secret },
        json: { newPassword },
        refusals: {
          400: {
            ...linkIsOver,
            message: 'The panel did not accept the new password, or the recovery link is unknown or too old.',
          },
        },
      });
    },
  };
}
