import type { Action } from '#contract/admin.ts';
import { actionOf, field, unless } from '../../kit/admin.ts';
import { emailField, newPasswordField, organisationField, rolesField } from './fields.ts';
import { missing, type Rights } from './rights.ts';

export const newLogin = (rights: Rights, email?: string): Action =>
  actionOf('new-login', 'New login', {
    fields: [
      organisationField('Organisation', 'The login is made in the realm that this organisation belongs to.'),
      field('name', 'Name'),
      emailField(email),
      newPasswordField,
    ],
    special: 'password',
    effect: 'They can sign in at once. Pass the password on to them yourself.',
    ...unless(rights.isStaff, missing.staff),
  });

export const setPassword = (rights: Rights): Action =>
  actionOf('set-password', 'Set a new password', {
    fields: [newPasswordField],
    special: 'password',
    effect: 'Their old password stops working at once. Pass the new one on to them yourself.',
    ...unless(rights.isStaff, missing.staff),
  });

export const sendRecovery = (email: string): Action =>
  actionOf('send-recovery', 'Send a recovery mail', {
    fields: [emailField(email)],
    effect: 'They get an e-mail with a link to choose a new password. The old one works until they do.',
  });

const policyRight = (rights: Rights) => unless(rights.isMasterAdmin, missing.master);

/** The panel has no operation that lifts a running block. */
export const allowEmail = (rights: Rights, email: string): Action =>
  actionOf('allow-email', 'Put the address on the white list', {
    fields: [emailField(email)],
    effect:
      'The panel no longer counts failed sign-ins for this address. It has no way to lift a running block by hand: a block ' +
      'that it still reports afterwards ends by itself at its time.',
    ...policyRight(rights),
  });

export const disallowEmail = (rights: Rights, email: string): Action =>
  actionOf('disallow-email', 'Take the address off the white list', {
    fields: [emailField(email)],
    effect: 'The panel counts failed sign-ins for this address again.',
    ...policyRight(rights),
  });

export const unlistEmail = (rights: Rights, email: string): Action =>
  actionOf('unlist-email', 'Take the address off the black list', {
    fields: [emailField(email)],
    effect: 'They can sign in again at once.',
    ...policyRight(rights),
  });

export const allowAddress = (rights: Rights, addresses: string[]): Action =>
  actionOf('allow-address', 'Put a network address on the white list', {
    fields: [
      field('address', 'Blocked address', {
        type: 'select',
        options: addresses.map((address) => ({ value: address, label: address })),
        ...(addresses[0] ? { initial: addresses[0] } : {}),
      }),
    ],
    effect: 'The panel no longer blocks sign-ins from this address; everybody behind it is let through.',
    ...policyRight(rights),
  });

export const addMember = (rights: Rights): Action =>
  actionOf('add-member', 'Add to an organisation', {
    fields: [organisationField(), rolesField([])],
    effect: 'They can act in that organisation at once.',
    ...unless(!rights.known || rights.adminOf.length > 0, missing.admin),
  });

/** What may be done with a membership; the right to list it is the right to change it. */
export function memberActions(
  roles: string[],
  person: string,
  organisation: string,
  may: { open: boolean; own: boolean },
): Action[] {
  return [
    actionOf('change-roles', 'Change roles', {
      fields: [rolesField(roles)],
      effect: 'Site accesses and notifications stay as they are.',
    }),
    actionOf('open-as', 'Open as this person', {
      special: 'window',
      confirm: `Open the panel as ${person}? You sign in as them, past their second step, and the panel counts what you do there as theirs.`,
      ...unless(may.open, missing.here),
    }),
    ...(roles.includes('Owner')
      ? []
      : [
          actionOf('make-owner', 'Make the owner', {
            danger: true,
            confirm: `Make ${person} the owner of ${organisation}? The present owner is it no longer, and it takes an owner to give it back.`,
            ...unless(may.own, missing.owner),
          }),
        ]),
    actionOf('remove-member', 'Remove from the organisation', {
      danger: true,
      confirm: `Remove ${person} from ${organisation}? They keep their login and can’t act there any more.`,
    }),
  ];
}
