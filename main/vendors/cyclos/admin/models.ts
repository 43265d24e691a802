import { z } from 'zod';
import { listOf, maybe, moment } from '../../kit/schema.ts';
import * as model from '../models.ts';

/** Shapes of the admin operations (vendor's documents 4.11.1 and 4.16.18 in one). Nothing is marked as required there. */

const text = maybe(z.string());
const flag = maybe(z.boolean());
const reference = maybe(z.object({ id: text, name: text, internalName: text }));

/** Auth, with the rights that decide what the desk offers; `sessions` is 4.16. */
export const auth = model.auth.extend({
  permissions: maybe(
    z.object({
      users: maybe(z.object({ search: flag })),
      sessions: maybe(z.object({ view: flag, disconnect: flag, login: flag })),
    }),
  ),
});

/** UserView; `session` and `status` among the permissions are 4.16. */
export const userView = z.object({
  ...model.user.shape,
  status: text,
  role: text,
  registrationDate: moment,
  lastLogin: moment,
  online: flag,
  phones: listOf(z.object({ name: text, number: text, normalizedNumber: text })),
  permissions: maybe(
    z.object({
      session: maybe(z.object({ view: flag, disconnect: flag })),
      status: maybe(z.object({ changeStatus: flag })),
    }),
  ),
});
export type UserView = z.infer<typeof userView>;

export const userStatus = z.object({
  status: text,
  possibleNewStatuses: listOf(z.string()),
  history: listOf(
    z.object({
      by: maybe(model.user),
      status: text,
      period: maybe(z.object({ begin: moment, end: moment })),
      comment: text,
    }),
  ),
});
export type UserStatus = z.infer<typeof userStatus>;

const password = z.object({
  date: moment,
  status: text,
  type: reference,
  permissions: maybe(
    z.object({ changeManual: flag, unblock: flag, disable: flag, enable: flag, resetAndSend: flag }),
  ),
  requireOldPasswordForChange: flag,
});
export type Password = z.infer<typeof password>;

export const passwordsData = z.object({
  passwords: listOf(password),
  sendMediums: listOf(z.string()),
  /** Present when sensitive actions have to be confirmed with a password of the caller's own. */
  confirmationPasswordInput: maybe(model.passwordInput),
});
export type PasswordsData = z.infer<typeof passwordsData>;

export const totpSecret = z.object({ status: text });

export const device = z.object({ id: text, name: text, active: flag, date: moment });
export type Device = z.infer<typeof device>;
