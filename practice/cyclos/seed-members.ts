import type { Network, User, UserStatus } from './model.ts';
import { addUser } from './seed-user.ts';
import { type CyclosState, numericId } from './state.ts';

const first =
  'Ada Bodo Cleo Dario Ebba Finn Gesa Hugo Ines Jaro Klara Levi Maja Nils Orla Pavel Ronja Silvio'.split(' ');
const last =
  'Adler Brandt Cramer Dahl Engel Fuchs Graf Holm Iversen Jensen Kern Lund Moritz Nolte Olsen Petri'.split(
    ' ',
  );
const statuses: UserStatus[] = [
  'active',
  'active',
  'active',
  'active',
  'blocked',
  'active',
  'disabled',
  'active',
  'pending',
];

/** Adds ordinary members; every third one is brokered by `broker`. */
export function seedMembers(state: CyclosState, network: Network, count: number, broker: User | null): void {
  for (let number = 0; number < count; number += 1) {
    const given = first[number % first.length]!;
    const family = last[Math.floor(number / first.length + number) % last.length]!;
    addUser(state, network, {
      username: `${given}.${family}.${number}`.toLowerCase(),
      name: `${given} ${family}`,
      email: `${given}.${family}.${number}@${network.internalName}.example`.toLowerCase(),
      phone: `+1555${String(2_000_001 + number * 7)}`,
      status: statuses[number % statuses.length]!,
      group: number % 4 === 0 ? 'businesses' : 'members',
      brokerId: number % 3 === 0 ? (broker?.id ?? null) : null,
      customValues: { town: number % 2 === 0 ? 'Northport' : 'Southport' },
      lastLogin: number % 5 === 0 ? null : state.clock.now() - number * 3_600_000,
    });
  }
}

/** Opens sessions elsewhere, so that the list of sessions shows more than one's own. */
export function seedSessions(state: CyclosState, network: Network): void {
  const names = ['alice', 'alice', 'mona', 'bruno'];
  const some = [
    ...names.map((name) => network.users.find((user) => user.username === name)),
    ...network.users.filter((user) => user.status === 'active' && user.customValues.town).slice(0, 12),
  ].filter((user) => user !== undefined);
  for (const [number, user] of some.entries()) {
    const token = state.ids.nextToken('cyclos session', 32);
    state.sessions.set(token, {
      token,
      userId: user.id,
      network: network.path,
      channel: number % 2 === 0 ? 'mobile' : 'main',
      principalType: 'username',
      principal: user.username,
      createdAt: state.clock.now() - number * 600_000,
      expiresAt: state.clock.now() + state.interval,
      interval: state.interval,
      remoteAddress: `198.51.100.${10 + number}`,
      userAgent: null,
      seeded: true,
      secondPending: false,
      clientId: null,
      deviceId: null,
      source: 'login',
      keyboards: [],
    });
  }
}

/** Alerts of the last days about people who locked themselves out. */
export function seedAlerts(state: CyclosState, network: Network): void {
  const blocked = network.users.find((user) => user.username === 'password-indefinitelyblocked');
  const waiting = network.users.find((user) => user.username === 'password-temporarilyblocked');
  const alert = (user: User | undefined, type: string, text: string, hours: number) => {
    if (!user) return;
    const id = numericId(state.ids, `alert ${type}`);
    state.alerts.push({
      id,
      at: state.clock.now() - hours * 3_600_000,
      network: network.path,
      userId: user.id,
      type,
      text,
    });
  };
  alert(waiting, 'passwordTemporarilyBlocked', 'Login password blocked for a while by wrong tries', 1);
  alert(blocked, 'passwordDisabledByTries', 'Login password blocked by wrong tries', 30);
}
