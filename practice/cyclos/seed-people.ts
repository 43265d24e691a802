import type { Network, PasswordStatus, Refusal, Right, User, UserStatus } from './model.ts';
import { addGenerated, addIdentities, addSecondFactors } from './seed-second-factors.ts';
import { type Add, addUser } from './seed-user.ts';
import { type CyclosState, numericId } from './state.ts';

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
      passwordStatus === 'reset'
        ? 'Good for a sign-in in which a new password is set.'
        : 'The sign-in is refused because of the password.',
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
