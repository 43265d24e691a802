import { GatehouseError, isKind } from '#contract/failure.ts';
import type { ActionInput } from '../../admin.ts';
import { defineAction } from '../../kit/actions.ts';
import { field, requirePassword } from '../../kit/fields.ts';
import type { AdminContext } from './context.ts';
import { emailField, newPasswordField, organisationField, requireEmail } from './fields.ts';
import { createLogin } from './new-login.ts';
import { readPersonId } from './person-id.ts';
import { type Rights, staffRights } from './rights.ts';

export const newLogin = defineAction({
  id: 'new-login',
  label: 'New login',
  fields: ({ email }: { rights: Rights; email?: string }) => [
    organisationField('Organisation', 'The login is made in the realm that this organisation belongs to.'),
    field('name', 'Name'),
    emailField(email),
    newPasswordField,
  ],
  special: 'password',
  effect: 'They can sign in at once. Pass the password on to them yourself.',
  right: staffRights,
  run: ({ context, client }: AdminContext, { values }) => createLogin(context, client, values),
});

export const setPassword = defineAction({
  id: 'set-password',
  label: 'Reset password',
  fields: [newPasswordField],
  special: 'password',
  effect: 'Their old password stops working at once. Pass the new one on to them yourself.',
  right: staffRights,
  async run({ client }: AdminContext, { target, values }) {
    const password = requirePassword(values, 'password');
    await client.setCustomerLoginPassword(personOf(target).loginId, password);
    return { message: 'The new password holds from now on; the old one does not work any more.' };
  },
});

export const sendRecovery = defineAction({
  id: 'send-recovery',
  label: 'Send a recovery mail',
  fields: ({ email }: { email: string }) => [emailField(email)],
  effect: 'They get an e-mail with a link to choose a new password. The old one works until they do.',
  async run(admin: AdminContext, { target, values }) {
    const email = requireEmail(values);
    await admin.client.startPasswordRecovery(email, await realmOf(admin, target));
    return {
      message: `The panel was asked to send a recovery mail to ${email}. It says yes to every address: if no mail arrives, nobody of that address has registered in this realm.`,
    };
  },
});

/** The realm in which the person was seen; without one the panel's address decides, as it does for them. */
async function realmOf(
  { context, client }: AdminContext,
  target: ActionInput['target'],
): Promise<string | undefined> {
  const place = target ? readPersonId(target).place : null;
  if (!place?.id) return context.realm?.id;
  if (place.kind === 'realm') return place.id;
  // Customers live in the realm of the organisation that they are customers of.
  if (place.kind === 'customers') return place.id;
  try {
    return (await client.getOrg(place.id)).parentId ?? place.id;
  } catch (error) {
    if (isKind(error, 'forbidden')) return context.realm?.id;
    throw error;
  }
}

/** The person of an action's target; throws `invalid` when there is none. */
export function personOf(target: ActionInput['target']) {
  if (target) return readPersonId(target);
  throw new GatehouseError({ kind: 'invalid', message: 'Choose a person first.' });
}
