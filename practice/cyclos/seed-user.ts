import type { Network, PasswordStatus, Role, User } from './model.ts';
import { type CyclosState, numericId } from './state.ts';

export const DAY = 86_400_000;
const groupOf: Record<Role, string> = {
  administrator: 'administrators',
  broker: 'brokers',
  member: 'members',
  operator: 'members',
};

/** What a seeded person differs in; the rest is that of an ordinary active member. */
export type UserSeed = Partial<Omit<User, 'passwords' | 'group' | 'id'>> & {
  username: string;
  name: string;
  password?: string;
  passwordStatus?: PasswordStatus;
  /** Further passwords: internal name of the type to value and status. */
  more?: Record<string, { value: string; status: PasswordStatus }>;
  group?: string;
};

/** Makes a person in a network; ids and dates are the same for the same user name. */
export function addUser(state: CyclosState, network: Network, seed: UserSeed): User {
  const { password, passwordStatus, more, group, ...rest } = seed;
  const role = seed.role ?? 'member';
  const id = numericId(state.ids, `${network.path}/user/${seed.username}`);
  const registeredAt = state.clock.now() - (30 + Number(id.slice(-3))) * DAY;
  const one = (type: string, value: string, status: PasswordStatus) => ({
    type,
    value,
    status,
    date: registeredAt,
    tries: 0,
    blockedUntil: status === 'temporarilyBlocked' ? state.clock.now() + DAY : null,
    log: status === 'neverCreated' ? [] : [{ by: null, action: 'change' as const, at: registeredAt }],
  });
  const status = seed.status ?? 'active';
  const user: User = {
    id,
    email: `${seed.username}@${network.internalName}.example`,
    phone: null,
    otherPhones: [],
    accountNumber: role === 'member' ? `4100-${id.slice(-8, -4)}` : null,
    group:
      network.groups.find((each) => each.internalName === (group ?? groupOf[role])) ?? network.groups[0]!,
    role,
    status,
    statusHistory: [{ by: null, status, from: registeredAt, comment: '' }],
    registeredAt,
    lastLogin: null,
    brokerId: null,
    ownerId: null,
    customValues: {},
    passwords: [
      one(network.accessPassword, password ?? 'Practice-1', passwordStatus ?? 'active'),
      ...Object.entries(more ?? {}).map(([type, each]) => one(type, each.value, each.status)),
    ],
    second: null,
    totp: null,
    totpCode: null,
    otp: null,
    pendingAgreements: [],
    agreementLog: network.agreements
      .filter((agreement) => agreement.required && !seed.pendingAgreements?.includes(agreement.id))
      .map((agreement) => ({
        id: numericId(state.ids, `${id} accepted ${agreement.internalName}`),
        agreementId: agreement.id,
        at: registeredAt,
        version: agreement.versions.length,
        accepted: true,
        remoteAddress: '198.51.100.7',
      })),
    identityLinks: [],
    devices: [],
    rights: [],
    securityQuestion: null,
    refusal: null,
    ...rest,
  };
  network.users.push(user);
  return user;
}

/** Adds a person to the network of a path, and to the list. */
export type Add = (
  path: string,
  label: string,
  note: string,
  seed: UserSeed & { signsInBy?: 'email' },
) => User;
