import type { FormField } from '../vendor.ts';

/** The value of `way` for a person who signs in on a provider's page. */
export const byProvider = 'provider';

const withPassword = { field: 'way', is: ['password'] };

export const form: FormField[] = [
  {
    name: 'baseUrl',
    label: 'Address',
    type: 'url',
    required: true,
    secret: false,
    initial: 'https://app.koyeb.com',
  },
  {
    name: 'way',
    label: 'Sign in with',
    type: 'select',
    required: true,
    secret: false,
    initial: 'token',
    options: [
      { value: 'token', label: 'A pasted token' },
      { value: byProvider, label: 'A provider’s page (GitHub, Google…)' },
      { value: 'password', label: 'E-mail and password (deprecated by Koyeb)' },
    ],
    help: 'A provider’s page opens in a window of its own; Koyeb says which providers there are.',
  },
  {
    name: 'token',
    label: 'Token',
    type: 'password',
    required: true,
    secret: true,
    help: 'An API token from Koyeb’s settings, or an organisation access token. Gatehouse never revokes it by itself.',
    when: { field: 'way', is: ['token'] },
  },
  {
    name: 'email',
    label: 'E-mail',
    type: 'email',
    required: true,
    secret: false,
    identifies: 'person',
    when: withPassword,
  },
  { name: 'password', label: 'Password', type: 'password', required: true, secret: true, when: withPassword },
];
