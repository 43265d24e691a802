import { isEmail } from '#contract/form.ts';
import type { FormField } from '#contract/shapes.ts';
import { field, fieldError, passwordField, requireField } from '../../kit/fields.ts';

export const emailField = (initial?: string): FormField =>
  field('email', 'E-mail', { type: 'email', ...(initial ? { initial } : {}) });

export const newPasswordField = passwordField('password', 'New password');
export const currentPasswordField = passwordField('current', 'Current password');

export const organisationField = (label = 'Organisation', help?: string): FormField =>
  field('organisation', label, { type: 'organisation', ...(help ? { help } : {}) });

/** Roles as the vendor spells them (OpenAPI 12.21.3, Role). */
const roles = ['Owner', 'SuperAdmin', 'Sysadmin', 'Support', 'Business', 'SiteAccess'];

/** Owner is offered only to who has it: an organisation's owner is changed by an operation of its own. */
export const rolesField = (held: string[]): FormField =>
  field('roles', 'Roles', {
    type: 'choices',
    initial: held.join(','),
    options: [...new Set([...roles, ...held])]
      .filter((role) => role !== 'Owner' || held.includes(role))
      .map((role) => ({ value: role, label: role })),
  });

export function requireEmail(values: Record<string, string>): string {
  const email = requireField(values, 'email', 'Type the e-mail address.');
  if (!isEmail(email)) throw fieldError('email', 'This is not an e-mail address.');
  return email;
}
