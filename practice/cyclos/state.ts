import type { PracticeClock } from '../common/clock.ts';
import type { Inbox } from '../common/inbox.ts';
import type { PracticeIds } from '../common/seed.ts';
import type { PracticeOptions } from '../common/types.ts';
import type {
  AccessClient,
  Alert,
  DeviceConfirmation,
  Generation,
  IdentityRequest,
  Network,
  PasswordType,
  Recovery,
  Session,
  User,
} from './model.ts';
import type { Push } from './push.ts';

/** How a practice Cyclos is started. */
export interface CyclosOptions extends PracticeOptions {
  /** '4.16' when absent. */
  generation?: Generation;
  /** Inactivity interval of the main channel in seconds; 1800 when absent. */
  sessionSeconds?: number;
  /** How many ordinary members the first network has; 300 when absent. */
  members?: number;
}

/** Everything that one running Cyclos knows. */
export interface CyclosState {
  generation: Generation;
  clock: PracticeClock;
  ids: PracticeIds;
  inbox: Inbox;
  /** ms by which a use of a session renews it. */
  interval: number;
  networks: Network[];
  clients: AccessClient[];
  sessions: Map<string, Session>;
  recoveries: Recovery[];
  alerts: Alert[];
  captchas: Map<string, string>;
  confirmations: Map<string, DeviceConfirmation>;
  identityRequests: Map<string, IdentityRequest>;
  push: Push;
}

/** A network with the installation around it: what every route works on. */
export interface Place {
  state: CyclosState;
  network: Network;
}

/** Cyclos ids are long numbers as strings; the same for the same name. */
export function numericId(ids: PracticeIds, name: string): string {
  const hex = ids.uuid(`cyclos/${name}`).replaceAll('-', '').slice(0, 14);
  return `7${BigInt(`0x${hex}`).toString().padStart(17, '0')}`;
}

/** The people of a network; the root's administrators are known in every network. */
export function usersOf({ state, network }: Place): User[] {
  if (network.path === '') return network.users;
  const global = state.networks.find((other) => other.path === '')?.users ?? [];
  return [...network.users, ...global];
}

/** A user by id, or null. */
export function userById(place: Place, id: string): User | null {
  return usersOf(place).find((user) => user.id === id) ?? null;
}

/** A password type of the network by internal name or id; throws when the seed lacks it. */
export function passwordType(network: Network, name: string): PasswordType {
  const type = network.passwordTypes.find((each) => each.internalName === name || each.id === name);
  if (!type) throw new Error(`The network ${network.name} has no password type ${name}.`);
  return type;
}

/** Puts an alert on the list that administrators read. */
export function raiseAlert({ state, network }: Place, user: User, type: string, text: string): void {
  state.alerts.unshift({
    id: numericId(state.ids, state.ids.nextUuid('cyclos alert')),
    at: state.clock.now(),
    network: network.path,
    userId: user.id,
    type,
    text,
  });
}
