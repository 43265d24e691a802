import type { PracticeOptions, PracticePerson } from '../common/types.ts';
import { KoyebState } from './state.ts';
import type { Organization, User } from './types.ts';

const DAY = 24 * 3_600_000;

const ORGANIZATIONS: Record<string, Pick<Organization, 'name' | 'plan'> & Partial<Organization>> = {
  lantern: { name: 'Lantern Works', plan: 'pro' },
  tidepool: { name: 'Tidepool Labs', plan: 'startup' },
  meadow: { name: 'Meadow Analytics', plan: 'hobby', trialing: true },
  pixels: { name: 'Paused Pixels', plan: 'starter', status: 'LOCKED', statusMessage: 'LOCKED' },
  foundry: {
    ...{ name: 'Old Foundry', plan: 'scale', status: 'DEACTIVATED' },
    deactivationReason: 'REQUESTED_BY_OWNER',
  },
};

interface SeededUser extends Partial<User> {
  key: string;
  name: string;
  email: string;
  password: string;
  organizations: string[];
  note: string;
  /** The organisation that Gatehouse's form is filled with. */
  into?: string;
}

const USERS: SeededUser[] = [
  {
    ...{ key: 'maya', name: 'Maya Castell', email: 'maya@lanternworks.example' },
    ...{ password: 'amber-window-9', organizations: ['lantern', 'tidepool', 'meadow', 'foundry'] },
    providers: ['github', 'google'],
    note: 'In four organisations; Old Foundry is deactivated and rejects tokens.',
  },
  {
    ...{ key: 'jonas', name: 'Jonas Weber', email: 'jonas@tidepool.example' },
    ...{ password: 'low-tide-1810', organizations: ['tidepool'], into: 'tidepool' },
    providers: ['google'],
    note: 'In one organisation, chosen at sign-in.',
  },
  {
    ...{ key: 'rui', name: 'Rui Tavares', email: 'rui@pausedpixels.example' },
    ...{ password: 'frozen-frame-6', organizations: ['lantern', 'pixels'], into: 'pixels' },
    note: 'Signs in to a locked organisation; Lantern Works still works.',
  },
  {
    ...{ key: 'theo', name: 'Theo Blanc', email: 'theo@wanderer.example' },
    ...{ password: 'open-road-72', organizations: [] },
    note: 'In no organisation: the session has none.',
  },
  {
    ...{ key: 'pia', name: 'Pia Lund', email: 'pia@meadow.example', validated: false },
    ...{ password: 'green-meadow-5', organizations: ['meadow'] },
    note: 'The e-mail address is not confirmed yet.',
  },
  {
    ...{ key: 'greta', name: 'Greta Olsen', email: 'greta@tidepool.example', locked: true },
    ...{ password: 'shut-harbour-3', organizations: ['tidepool'], providers: ['github'] },
    note: 'The account is locked: signing in is refused (403).',
  },
  {
    ...{ key: 'lena', name: 'Lena Fischer', email: 'lena@lanternworks.example', method: 'WORKOS' },
    ...{ password: 'never-used-00', organizations: ['lantern'] },
    note: 'Managed by WorkOS: signing in with a password is refused; use a token.',
  },
];

/** Into Lantern Works: whom, what became of it, and in how many days it runs out. */
const INVITATIONS = [
  ['noor@lanternworks.example', 'PENDING', 5],
  ['emil@lanternworks.example', 'PENDING', -2],
  ['rui@pausedpixels.example', 'ACCEPTED', -30],
] as const;

/** The practice world: five organisations in different states and their people. */
export function seedState(options: PracticeOptions): KoyebState {
  const state = new KoyebState(options);
  const { ids } = options;
  const start = state.now();
  for (const [key, organization] of Object.entries(ORGANIZATIONS)) {
    const id = ids.uuid(`organization/${key}`);
    state.organizations.set(id, {
      ...{ id, status: 'ACTIVE', statusMessage: 'VALID', deactivationReason: 'INVALID', trialing: false },
      ...organization,
    });
  }
  USERS.forEach((seeded, index) => {
    const { key, organizations, note: _note, into: _into, ...user } = seeded;
    const id = ids.uuid(`user/${key}`);
    const createdAt = start - (500 - index * 40) * DAY;
    state.users.set(id, {
      ...{
        id,
        method: 'KOYEB',
        providers: [],
        locked: false,
        validated: true,
        flags: ['ACTIVE'],
        lastLogin: null,
      },
      ...{ lastLoginIp: null, createdAt, updatedAt: createdAt },
      ...user,
    });
    for (const name of organizations) {
      const member = ids.uuid(`member/${key}/${name}`);
      const organizationId = ids.uuid(`organization/${name}`);
      state.members.set(member, {
        ...{ id: member, organizationId, userId: id, joinedAt: createdAt, status: 'ACTIVE' },
      });
      const object = { id: organizationId, name: state.organizations.get(organizationId)!.name };
      state.activities.unshift({
        ...{ id: ids.uuid(`activity/${member}`), userId: id, organizationId, verb: 'joined' },
        ...{ object: { ...object, type: 'organization' }, createdAt },
      });
    }
  });
  for (const [email, status, days] of INVITATIONS) {
    const id = ids.uuid(`invitation/${email}`);
    state.invitations.set(id, {
      ...{ id, email, status, organizationId: ids.uuid('organization/lantern') },
      ...{ inviterId: ids.uuid('user/maya'), expiresAt: start + days * DAY },
    });
  }
  for (const [key, type] of [
    ['lantern', 'ORGANIZATION'],
    ['lena', 'USER'],
  ] as const) {
    const id = ids.uuid(`credential/${key}`);
    state.credentials.set(id, {
      ...{
        id,
        type,
        bearer: seededBearer(options, key),
        createdAt: start - 30 * DAY,
        updatedAt: start - 30 * DAY,
      },
      name: type === 'USER' ? 'Lena’s laptop' : 'Support desk',
      description: 'Seeded for practice',
      userId: ids.uuid(type === 'USER' ? `user/${key}` : 'user/maya'),
      organizationId: type === 'USER' ? null : ids.uuid(`organization/${key}`),
    });
  }
  return state;
}

function seededBearer(options: PracticeOptions, key: string): string {
  return `${options.ids.authenticatorSecret(`credential/${key}/1`)}${options.ids.authenticatorSecret(`credential/${key}/2`)}`.toLowerCase();
}

/** Everyone whom one can sign in as, passwords and tokens included. */
export function peopleOf(options: PracticeOptions, url: string): PracticePerson[] {
  const { ids } = options;
  const organization = (key: string) => ({
    id: ids.uuid(`organization/${key}`),
    name: ORGANIZATIONS[key]!.name,
  });
  const people = USERS.map((user): PracticePerson => {
    const realm = user.into ? organization(user.into) : null;
    return {
      ...{ label: user.name, identity: user.email, password: user.password, note: user.note },
      ...(realm && { realm }),
      account: {
        values: { baseUrl: url, way: 'password', email: user.email, password: user.password },
        realm,
      },
    };
  });
  const tokens: [key: string, label: string, note: string][] = [
    ['lantern', 'Support desk token', 'An API credential of Lantern Works, used as a pasted token.'],
    [
      'lena',
      'Lena Fischer’s token',
      'A personal API credential, used as a pasted token; it has no organisation.',
    ],
  ];
  for (const [key, label, note] of tokens) {
    const token = seededBearer(options, key);
    const realm = key === 'lantern' ? organization(key) : null;
    people.push({
      ...{ label, identity: label, apiKey: token, note },
      ...(realm && { realm }),
      account: { values: { baseUrl: url, way: 'token', token }, realm },
    });
  }
  return people;
}
