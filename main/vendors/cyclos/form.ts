import type { FormField } from '../vendor.ts';

/** The value of `way` for a person who signs in on an identity provider's page. */
export const byProvider = 'identity-provider';

const withPassword = { field: 'way', is: ['password'] };
const asPerson = { field: 'way', is: ['password', byProvider] };
const anyKind = 'any';
const otherKind = 'other';

/** The internal name of the kind of identification that the form chose; null for any. */
export function principalTypeOf(values: Record<string, string>): string | null {
  const { principalType = anyKind, principalTypeName } = values;
  if (principalType === otherKind) return principalTypeName?.trim() || null;
  return principalType === anyKind || principalType === '' ? null : principalType;
}

export const form: FormField[] = [
  {
    name: 'baseUrl',
    label: 'Address',
    type: 'url',
    required: true,
    secret: false,
    placeholder: 'https://bank.example.com/network/api',
    endsIn: '/api',
    help: 'Ends in /api; with several networks, the network’s name comes before it.',
  },
  {
    name: 'way',
    label: 'Sign in with',
    type: 'select',
    required: true,
    secret: false,
    initial: 'password',
    options: [
      { value: 'password', label: 'A person’s password' },
      { value: byProvider, label: 'An identity provider’s page' },
      { value: 'access-client', label: 'An access client’s token' },
    ],
    help: 'An identity provider is one that the network has linked (Cyclos 4.16); its page opens in a window of its own.',
  },
  {
    name: 'principalType',
    label: 'Kind of identification',
    type: 'select',
    required: true,
    secret: false,
    initial: anyKind,
    options: [
      { value: anyKind, label: 'Any kind that the network offers' },
      { value: 'username', label: 'User name' },
      { value: 'email', label: 'E-mail' },
      { value: 'mobilePhone', label: 'Mobile phone' },
      { value: 'accountNumber', label: 'Account number' },
      { value: otherKind, label: 'Another kind of this network' },
    ],
    when: withPassword,
  },
  {
    name: 'principalTypeName',
    label: 'Internal name of that kind',
    type: 'text',
    required: true,
    secret: false,
    help: 'As an administrator of the network named it. A sign-in with a kind that is not offered says which ones are.',
    when: { field: 'principalType', is: [otherKind] },
  },
  {
    name: 'principal',
    label: 'User name, e-mail or account number',
    type: 'text',
    required: true,
    secret: false,
    identifies: 'person',
    when: withPassword,
  },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    required: false,
    secret: true,
    help: 'Leave empty to be asked at each sign-in.',
    when: withPassword,
  },
  {
    name: 'authenticatorSecret',
    label: 'Authenticator secret',
    type: 'authenticator-secret',
    required: false,
    secret: true,
    help: 'With it Gatehouse computes the code by itself. Whoever can unlock this vault then has both factors.',
    when: asPerson,
  },
  {
    name: 'accessClientToken',
    label: 'Access client token',
    type: 'password',
    required: true,
    secret: true,
    help: 'The token that the access client got when it was activated.',
    when: { field: 'way', is: ['access-client'] },
  },
  {
    name: 'keepAlive',
    label: 'Keep the session alive',
    type: 'select',
    required: false,
    secret: false,
    initial: 'no',
    options: [
      { value: 'no', label: 'No: let it end when it is not used' },
      { value: 'yes', label: 'Yes: use it now and then so that it stays' },
    ],
    when: asPerson,
  },
];
