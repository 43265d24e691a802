import { isEmail } from '#contract/form.ts';
import { checkBaseUrl } from '#http/base-url.ts';
import { readAuthenticator } from '../kit/authenticator.ts';
import { fieldError } from '../kit/fields.ts';
import type { FormField } from '../vendor.ts';

const byPassword = { field: 'way', is: ['password'] };

export const form: FormField[] = [
  {
    name: 'baseUrl',
    label: 'Panel address',
    type: 'url',
    required: true,
    secret: false,
    placeholder: 'https://panel.example.com/api',
    endsIn: '/api',
    help: 'The address of the control panel followed by /api.',
  },
  {
    name: 'way',
    label: 'Sign in with',
    type: 'select',
    required: true,
    secret: false,
    initial: 'password',
    options: [
      { value: 'password', label: 'E-mail and password' },
      { value: 'token', label: 'Organisation access token' },
    ],
  },
  {
    name: 'email',
    label: 'E-mail',
    type: 'email',
    required: true,
    secret: false,
    identifies: 'person',
    when: byPassword,
  },
  { name: 'password', label: 'Password', type: 'password', required: true, secret: true, when: byPassword },
  {
    name: 'authenticatorSecret',
    label: 'Authenticator secret',
    type: 'authenticator-secret',
    required: false,
    secret: true,
    when: byPassword,
    help: 'With this stored, Gatehouse makes the PIN itself: whoever can unlock this vault then needs no second device.',
  },
  {
    name: 'token',
    label: 'Access token',
    type: 'password',
    required: true,
    secret: true,
    when: { field: 'way', is: ['token'] },
    help: 'Made at the panel. It acts with the roles it was given until it is deleted there or expires.',
  },
];

/** Who the account is, for a person. */
export function identityOf(values: Record<string, string>): string {
  return values.way === 'token' ? 'access token' : (values.email ?? '');
}

/** Throws `invalid` with the fields that can't be right. An empty authenticator secret is none. */
export function checkForm(values: Record<string, string>): void {
  checkBaseUrl(values.baseUrl ?? '');
  if (values.way === 'token') return;
  if (values.email !== undefined && !isEmail(values.email.trim())) {
    throw fieldError('email', 'This is not an e-mail address.');
  }
  if (values.authenticatorSecret) readAuthenticator(values.authenticatorSecret);
}
