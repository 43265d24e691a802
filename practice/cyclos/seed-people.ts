import type { Network, PasswordStatus, Refusal, Right, User, UserStatus } from './model.ts';
import { addUser, type UserSeed } from './seed-user.ts';
import { type CyclosState, numericId } from './state.ts';

const DAY = 86_400_000;

/** Where trusted devices are, on the same server. */
export const DEVICE_PAGE = '/__practice/device';

/** A way in that the training material names. */
export interface SeededPerson {
  label: string;
  note: string;
  network: string;
  user: User;
  principalType: string;
  password: string;
  authenticatorSecret?: string;
  clientToken?: string;
}

const allRights: Right[] = [
  'users.search',
  'users.status',
  'passwords.manage',
  'sessions.view',
  'sessions.disconnect',
  'sessions.login',
  'alerts.view',
  'clients.manage',
  'devices.manage',
];

/** Fills the networks with the people of the training material and answers them. */
export function seedPeople(state: CyclosState): SeededPerson[] {
  const people: SeededPerson[] = [];
  const network = (path: string) => state.networks.find((each) => each.path === path)!;
  const add: Add = (path, label, note, { signsInBy, ...seed }) => {
    const place = network(path);
    const user = addUser(state, place, seed);
    people.push({
      label,
      note,
      network: path,
      user,
      principalType: signsInBy ?? place.defaultPrincipalType,
      password: user.passwords[0]!.value,
      ...(user.totp ? { authenticatorSecret: user.totp.secret } : {}),
    });
    return user;
  };
  addStaff(add);
  addSecondFactors(state, add);
  addSteps(network('left-coast'), add);
  addGenerated(add);
  addIdentities(state, network('left-coast'), add);
  addRefused(state, add);
  addClients(state, people);
  return people;
}

type Add = (path: string, label: string, note: string, seed: UserSeed & { signsInBy?: 'email' }) => User;

function addStaff(add: Add): void {
  const admin = { role: 'administrator', rights: allRights } as const;
  add('', 'Global administrator', 'Known in every network, with all rights.', {
    ...admin,
    rights: [...allRights],
    username: 'root',
    name: 'Rosa Root',
    password: 'Global-2026',
  });
  add('left-coast', 'Administrator', 'All rights: people, passwords, sessions, alerts.', {
    ...admin,
    rights: [...allRights],
    username: 'alice',
    name: 'Alice Arden',
    password: 'Coast-2026',
    phone: '+15550100101',
  });
  add('harbour', 'Administrator', 'All rights in the other network; signs in by e-mail.', {
    ...admin,
    rights: [...allRights],
    username: 'helen',
    name: 'Helen Harbour',
    password: 'Harbour-2026',
    phone: '+15550100201',
  });
  add('left-coast', 'Clerk of few rights', 'May search people and nothing else.', {
    role: 'administrator',
    rights: ['users.search'],
    username: 'felix',
    name: 'Felix Few',
    password: 'Clerk-2026',
  });
  add('left-coast', 'Broker', 'Sees and helps the members that are brokered by him.', {
    role: 'broker',
    rights: ['users.search', 'passwords.manage', 'sessions.view', 'sessions.disconnect'],
    username: 'bruno',
    name: 'Bruno Broker',
    password: 'Broker-2026',
  });
  const mona = add('left-coast', 'Member', 'No second factor; an operator works for her.', {
    username: 'mona',
    name: 'Mona Member',
    password: 'Member-2026',
    phone: '+15550100102',
  });
  add('left-coast', 'Operator', 'Works for Mona Member.', {
    role: 'operator',
    ownerId: mona.id,
    username: 'oskar',
    name: 'Oskar Operator',
    password: 'Operator-2026',
  });
  add('left-coast', 'Umlauts in everything', 'Name and password are not ASCII: Basic is UTF-8.', {
    username: 'zoë',
    name: 'Zoë Müßig',
    email: 'zoe@left-coast.example',
    password: 'Pässwört:☂',
  });
  add('left-coast', 'Security question', 'Recovery asks for the name of her first boat (Albatros).', {
    username: 'quinn',
    name: 'Quinn Question',
    password: 'Question-2026',
    securityQuestion: { question: 'What was the name of your first boat?', answer: 'Albatros' },
  });
  add('harbour', 'Member', 'Forgotten passwords are generated here and sent by mail.', {
    username: 'henry',
    name: 'Henry Harbour',
    password: 'Member-2026',
    phone: '+15550100202',
  });
  for (const path of ['left-coast', 'harbour']) {
    add(path, 'Member of two networks', 'The same e-mail and password in Left Coast and in Harbour.', {
      username: 'wanda',
      name: 'Wanda Wayfarer',
      email: 'wanda@wayfarer.example',
      password: 'Two-Coasts-2026',
      signsInBy: 'email',
    });
  }
}

function addSecondFactors(state: CyclosState, add: Add): void {
  const withPassword = (passwordType: string) => ({ credentials: ['password' as const], passwordType });
  const active = (value: string) => ({ value, status: 'active' as const });
  add(
    'left-coast',
    'Secondary password',
    'Then the secondary password 4711; three wrong tries block it for good.',
    {
      username: 'pia',
      name: 'Pia Pin',
      password: 'Second-2026',
      second: withPassword('pin'),
      more: { pin: active('4711') },
    },
  );
  add('left-coast', 'One-time password', 'Then a one-time password by e-mail or SMS: see the inbox.', {
    username: 'otto',
    name: 'Otto Otp',
    password: 'Second-2026',
    phone: '+15550100103',
    second: withPassword('otp'),
  });
  add('left-coast', 'One-time password, two phones', 'An SMS goes to both phones, unless one is chosen.', {
    username: 'theo',
    name: 'Theo Twophones',
    password: 'Second-2026',
    phone: '+15550100111',
    otherPhones: ['+15550100112'],
    second: withPassword('otp'),
  });
  add('left-coast', 'One-time password, SMS fails', 'The SMS gateway refuses this number; e-mail works.', {
    username: 'silke',
    name: 'Silke Silent',
    password: 'Second-2026',
    phone: '+15550100000',
    second: withPassword('otp'),
  });
  add('left-coast', 'Virtual keyboard', 'Then 2580 on buttons that move after each try.', {
    username: 'kira',
    name: 'Kira Keypad',
    password: 'Second-2026',
    second: withPassword('keypad'),
    more: { keypad: active('2580') },
  });
  add(
    'left-coast',
    'No usable second factor',
    'The secondary password was never created: sign-in is refused.',
    {
      username: 'nora',
      name: 'Nora Nosecond',
      password: 'Second-2026',
      second: withPassword('pin'),
    },
  );
  // 4.11 knows no authenticator.
  if (state.generation === '4.11') return;
  const totp = (name: string) =>
    ({
      secret: state.ids.authenticatorSecret(`cyclos/${name}`),
      status: 'active',
      tries: 0,
      activatedAt: state.clock.now() - DAY,
    }) as const;
  const phone = (owner: string, name: string) => ({
    id: numericId(state.ids, `device ${owner}`),
    name,
    active: true,
    date: state.clock.now() - DAY,
    secret: state.ids.authenticatorSecret(`cyclos/device ${owner}`),
  });
  add('left-coast', 'Authenticator', 'Then a code of the authenticator app.', {
    username: 'tara',
    name: 'Tara Totp',
    password: 'Second-2026',
    second: { credentials: ['totp'], passwordType: null },
    totp: { ...totp('tara') },
    devices: [phone('tara', 'Tara’s phone')],
  });
  add('left-coast', 'Secondary password or authenticator', 'Then either 4711 or a code of the app.', {
    username: 'bella',
    name: 'Bella Both',
    password: 'Second-2026',
    second: { credentials: ['password', 'totp'], passwordType: 'pin' },
    more: { pin: active('4711') },
    totp: { ...totp('bella') },
  });
  add('left-coast', 'Trusted device', `Then an approval by her phone, which is the page ${DEVICE_PAGE}.`, {
    username: 'dora',
    name: 'Dora Device',
    password: 'Second-2026',
    second: { credentials: ['device'], passwordType: null },
    devices: [phone('dora', 'Dora’s phone')],
  });
  add('left-coast', 'Secondary password or trusted device', 'Then either 4711 or an approval by the phone.', {
    username: 'pablo',
    name: 'Pablo Phone',
    password: 'Second-2026',
    second: { credentials: ['password', 'device'], passwordType: 'pin' },
    more: { pin: active('4711') },
    devices: [phone('pablo', 'Pablo’s phone')],
  });
}

function addGenerated(add: Add): void {
  add(
    'left-coast',
    'Generated password, not allowed yet',
    'Waits for leave to make a transaction password.',
    {
      username: 'gina',
      name: 'Gina Generated',
      password: 'Member-2026',
      more: { transaction: { value: '', status: 'neverCreated' } },
    },
  );
  add('left-coast', 'Generated password', 'Has a transaction password, which the server makes.', {
    username: 'greta',
    name: 'Greta Generated',
    password: 'Member-2026',
    more: { transaction: { value: 'Made-42-up', status: 'active' } },
  });
}

/** People as Harbour ID knows them: linked, known by the e-mail, unknown, and without an e-mail. 4.11 has no such thing. */
function addIdentities(state: CyclosState, network: Network, add: Add): void {
  if (state.generation === '4.11') return;
  const [harbourId, guildPass] = network.identityProviders;
  const identity = (subject: string, name: string, email: string | null) => ({ subject, name, email });
  const ida = identity('h-1001', 'Ida Identity', 'ida@elsewhere.example');
  harbourId!.identities.push(
    ida,
    identity('h-1002', 'Mona Member', 'mona@left-coast.example'),
    identity('h-1003', 'Pia Pin', 'pia@left-coast.example'),
    identity('h-1004', 'Una Unknown', 'una@elsewhere.example'),
    identity('h-1005', 'Nemo Nomail', null),
  );
  guildPass!.identities.push(
    identity('g-1', 'Ida Identity', 'ida@left-coast.example'),
    identity('g-2', 'Una Unknown', 'una@elsewhere.example'),
  );
  const link = (provider: string, linked: typeof ida | null) => ({
    id: numericId(state.ids, `identity link ${provider}`),
    provider,
    identity: linked,
    at: state.clock.now() - DAY,
  });
  add('left-coast', 'Identity provider', 'Signs in by Harbour ID; Guild Pass is switched off for her.', {
    username: 'ida',
    name: 'Ida Identity',
    password: 'Member-2026',
    identityLinks: [link('harbourid', ida), link('guildpass', null)],
  });
}

function addSteps(network: Network, add: Add): void {
  const agreements = network.agreements.slice(0, 2).map((agreement) => agreement.id);
  const agnes = add('left-coast', 'Pending agreements', 'Has to accept two agreements first.', {
    username: 'agnes',
    name: 'Agnes Agreement',
    password: 'Steps-2026',
    pendingAgreements: [...agreements],
  });
  add(
    'left-coast',
    'Operator of a member with pending agreements',
    'Can do nothing before the member has agreed.',
    {
      role: 'operator',
      ownerId: agnes.id,
      username: 'olga',
      name: 'Olga Operator',
      password: 'Operator-2026',
    },
  );
  add('left-coast', 'Expired password', 'Has to set a new password first.', {
    username: 'xaver',
    name: 'Xaver Expired',
    password: 'Steps-2026',
    passwordStatus: 'expired',
  });
  add('left-coast', 'Expired secondary password', 'Has to set a new secondary password (4711 has expired).', {
    username: 'edda',
    name: 'Edda Expired',
    password: 'Steps-2026',
    second: { credentials: ['password'], passwordType: 'pin' },
    more: { pin: { value: '4711', status: 'expired' } },
  });
  add('left-coast', 'Every step', 'Agreements, then a new password, then the secondary password 4711.', {
    username: 'emil',
    name: 'Emil Every',
    password: 'Steps-2026',
    passwordStatus: 'expired',
    pendingAgreements: [...agreements],
    second: { credentials: ['password'], passwordType: 'pin' },
    more: { pin: { value: '4711', status: 'active' } },
  });
}

function addRefused(state: CyclosState, add: Add): void {
  const userStatuses: UserStatus[] = ['blocked', 'disabled', 'pending', 'purged', 'removed'];
  for (const status of userStatuses) {
    add('left-coast', `User status ${status}`, 'The password is right; the sign-in is refused.', {
      username: `user-${status}`,
      name: `Ursula ${status}`,
      password: 'Refused-2026',
      status,
    });
  }
  const passwordStatuses: PasswordStatus[] = [
    'disabled',
    'indefinitelyBlocked',
    'neverCreated',
    'pending',
    'reset',
    'temporarilyBlocked',
  ];
  for (const passwordStatus of passwordStatuses) {
    add(
      'left-coast',
      `Password status ${passwordStatus}`,
      'The sign-in is refused because of the password.',
      {
        username: `password-${passwordStatus.toLowerCase()}`,
        name: `Paul ${passwordStatus}`,
        password: 'Refused-2026',
        passwordStatus,
      },
    );
  }
  const refusals: [Refusal, string][] = [
    ['remoteAddressBlocked', 'The sign-in is refused because of where it comes from.'],
    ['unauthorizedAddress', 'The sign-in is refused because of where it comes from.'],
    ['unauthorizedUrl', 'The sign-in is refused because of where it comes from.'],
    ['inaccessibleChannel', 'May not use the channel that the sign-in is for.'],
  ];
  if (state.generation === '4.16') {
    refusals.push(
      ['inaccessibleNetwork', 'May not use this network.'],
      ['emailSending', 'The server has to write her an e-mail, and can’t.'],
      ['unavailable', 'Something that the server needs is not there.'],
    );
  }
  for (const [refusal, note] of refusals) {
    add('left-coast', `Refused: ${refusal}`, note, {
      username: refusal.toLowerCase(),
      name: `Rita ${refusal}`,
      password: 'Refused-2026',
      refusal,
    });
  }
}

function addClients(state: CyclosState, people: SeededPerson[]): void {
  const mona = people.find((person) => person.user.username === 'mona')!;
  const client = (name: string, status: 'active' | 'blocked', needsConfirmation: boolean, note: string) => {
    const token = state.ids.uuid(`cyclos/client token ${name}`).replaceAll('-', '');
    state.clients.push({
      id: numericId(state.ids, `client ${name}`),
      name,
      type: 'till',
      token,
      userId: mona.user.id,
      network: mona.network,
      status,
      needsConfirmation,
      activatedAt: state.clock.now(),
    });
    people.push({ ...mona, label: `Access client: ${name}`, note, clientToken: token });
  };
  client('Counter till', 'active', false, 'Works by its token alone.');
  client('Office till', 'active', true, 'Asks for the password of its owner before it is disconnected.');
  client('Lost till', 'blocked', false, 'Is refused.');
}
