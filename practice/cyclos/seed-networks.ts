import type { PracticeIds } from '../common/seed.ts';
import type { Agreement, Group, IdentityProvider, Network, PasswordType } from './model.ts';
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
      identityProviders: true,
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
    identityProviders?: true;
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
    needsPermission: false,
    ...rest,
  });
  const provider = (internalName: string, label: string, backgroundColor: string): IdentityProvider => ({
    ...named('identity provider', internalName, label),
    backgroundColor,
    borderColor: backgroundColor,
    textColor: '#ffffff',
    identities: [],
  });
  const group = (internalName: string, label: string, kind: Group['kind']): Group => ({
    ...named('group', internalName, label),
    kind,
  });
  const agreement = (
    internalName: string,
    label: string,
    required: boolean,
    versions: string[],
  ): Agreement => ({
    ...named('agreement', internalName, label),
    required,
    versions,
  });
  const { accessMode, identityProviders, ...rest } = differences;
  return {
    ...named('network', internalNameOf(path), name),
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
      type('transaction', 'Transaction password', {
        mode: 'generated',
        minLength: 10,
        maxLength: 10,
        needsPermission: true,
      }),
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
      agreement('terms', 'Terms of use', true, [
        `<h1>Terms of use</h1><p>${name} keeps an account for you. You keep its passwords to yourself.</p>`,
        `<h1>Terms of use</h1>
<p>${name} keeps an account for you. You keep its passwords to yourself.</p>
<h2>What you may do</h2>
<ul><li>Pay and be paid &amp; look at what was paid.</li><li>Let an operator work for you.</li></ul>
<p>The whole text is on <a href="https://terms.example/${internalNameOf(path)}">our pages</a>.</p>`,
      ]),
      agreement('privacy', 'Privacy notice', true, [
        `<h1>Privacy notice</h1><p>Your name and e-mail are seen by the administrators of ${name}.</p>`,
      ]),
      agreement('newsletter', 'Newsletter', false, [
        '<h1>Newsletter</h1><p>One letter a month. You can end it at any time.</p>',
      ]),
    ],
    securityQuestions: [
      named('question', 'boat', 'What was the name of your first boat?'),
      named('question', 'street', 'In which street did you grow up?'),
    ],
    identityProviders: identityProviders
      ? [
          provider('harbourid', 'Harbour ID', '#0b3d91'),
          // Never linked by the seed: one can see what an unknown person gets.
          provider('guildpass', 'Guild Pass', '#7a1f3d'),
        ]
      : [],
    clientTypes: [named('client type', 'till', 'Till')],
    users: [],
  };
}

const internalNameOf = (path: string) => path || 'global';
