import type { PracticeIds } from '../common/seed.ts';
import type { Agreement, Group, Network, PasswordType } from './model.ts';
import { numericId } from './state.ts';

/** The root and two networks, without people. */
export function seedNetworks(ids: PracticeIds): Network[] {
  return [
    network(ids, '', 'Practice payments', {
      principalTypes: ['username', 'email'],
      defaultPrincipalType: 'username',
    }),
    network(ids, 'left-coast', 'Left Coast', {
      principalTypes: ['username', 'email', 'accountNumber'],
      defaultPrincipalType: 'username',
      extraForgotPrincipalTypes: ['mobilePhone'],
      forgotPasswordMediums: ['email', 'sms'],
    }),
    network(ids, 'harbour', 'Harbour', {
      principalTypes: ['email', 'mobilePhone'],
      defaultPrincipalType: 'email',
      forgotPasswordMediums: ['email'],
      accessMode: 'generated',
    }),
  ];
}

type Differences = Pick<Network, 'principalTypes' | 'defaultPrincipalType'> &
  Partial<Pick<Network, 'extraForgotPrincipalTypes' | 'forgotPasswordMediums'>> & {
    accessMode?: PasswordType['mode'];
  };

function network(ids: PracticeIds, path: string, name: string, differences: Differences): Network {
  const named = (kind: string, internalName: string, label: string) => ({
    id: numericId(ids, `${path}/${kind}/${internalName}`),
    name: label,
    internalName,
  });
  const type = (internalName: string, label: string, rest: Partial<PasswordType>): PasswordType => ({
    ...named('password', internalName, label),
    mode: 'manual',
    minLength: 4,
    maxLength: 20,
    onlyNumeric: false,
    virtualKeyboard: false,
    maxTries: 3,
    whenExceeded: 'temporarilyBlocked',
    ...rest,
  });
  const group = (internalName: string, label: string, kind: Group['kind']): Group => ({
    ...named('group', internalName, label),
    kind,
  });
  const agreement = (internalName: string, label: string, required: boolean): Agreement => ({
    ...named('agreement', internalName, label),
    required,
  });
  const { accessMode, ...rest } = differences;
  return {
    ...named('network', path || 'global', name),
    path,
    accessPassword: 'login',
    passwordTypes: [
      type('login', 'Login password', { minLength: 6, mode: accessMode ?? 'manual' }),
      type('pin', 'Secondary password', {
        onlyNumeric: true,
        maxLength: 8,
        whenExceeded: 'indefinitelyBlocked',
      }),
      type('keypad', 'Keypad password', { onlyNumeric: true, maxLength: 8, virtualKeyboard: true }),
      type('otp', 'One-time password', { mode: 'otp', minLength: 6, maxLength: 6, onlyNumeric: true }),
    ],
    extraForgotPrincipalTypes: [],
    forgotPasswordMediums: [],
    ...rest,
    groups: [
      group('administrators', 'Administrators', 'adminGroup'),
      group('brokers', 'Brokers', 'brokerGroup'),
      group('members', 'Members', 'memberGroup'),
      group('businesses', 'Businesses', 'memberGroup'),
    ],
    agreements: [
      agreement('terms', 'Terms of use', true),
      agreement('privacy', 'Privacy notice', true),
      agreement('newsletter', 'Newsletter', false),
    ],
    users: [],
  };
}
