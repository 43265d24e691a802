import type { PracticeIds } from '../common/seed.ts';
import type { Account, Permission, VirtualServer } from './model.ts';
import { type NextAuthState, seconds } from './state.ts';

const ICON =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const bytes = (ids: PracticeIds, name: string) =>
  Buffer.from(ids.uuid(`nextauth/${name}`).replaceAll('-', ''), 'hex');

/** A server id whose base64 has `/`, `+` and `=`, as real ones may: its first bytes are chosen for that. */
const serverId = (ids: PracticeIds, name: string) =>
  Buffer.concat([Buffer.from('fbefbeffffff', 'hex'), bytes(ids, name).subarray(0, 10)]).toString('base64');

/** Fills the servers, the phones, the roles and the keys. */
export function seed(state: NextAuthState, pingSeconds: number, users: number): void {
  const front = addServer(state, 'Front door', pingSeconds);
  const back = addServer(state, 'Back office', pingSeconds);
  addUser(state, front, 'anna', ['Anna’s phone', 'Anna’s tablet'], { department: 'support' });
  addUser(state, front, 'ben', ['Ben’s phone'], { department: 'support' });
  addUser(state, front, 'dora', ['Dora’s lost phone'], {}, { blocked: true });
  addUser(state, front, 'nobody', [], { department: 'sales' });
  addUser(state, back, 'anna', ['Anna’s phone'], {});
  addUser(state, back, 'chris', ['Chris’s phone'], {});
  for (let number = 1; number <= users; number += 1) {
    const name = `user-${String(number).padStart(4, '0')}`;
    const devices = number % 10 === 0 ? [] : [`Phone of ${name}`];
    addUser(
      state,
      front,
      name,
      devices,
      { department: number % 2 ? 'sales' : 'support' },
      { blocked: number % 17 === 0 },
    );
  }
  const desk: Permission[] = ['sessions', 'users', 'accounts', 'servers'];
  addKey(state, 'Desk', [
    [front.serverid, desk],
    [back.serverid, desk],
  ]);
  addKey(state, 'Sign-in only', [[front.serverid, ['sessions']]]);
  addKey(state, 'Back office only', [[back.serverid, ['sessions', 'users']]]);
  addKey(state, 'Root', [[null, ['root', 'setrid', 'servers', 'createserver']]]);
  addKey(state, 'No rights', [[null, []]]);
}

function addServer(state: NextAuthState, name: string, pingTime: number): VirtualServer {
  const server: VirtualServer = {
    serverid: serverId(state.ids, name),
    serverName: name,
    serverpk: bytes(state.ids, `${name} key`).toString('base64'),
    logo: ICON,
    pinTimeout: 5,
    pinTransTimeout: 0,
    pingTime,
    serverFlags: ['push'],
    owner: 1,
    siteurl: 'https://practice.example',
    accounts: [],
    users: new Map(),
    sessions: new Map(),
    transactions: new Map(),
  };
  state.servers.push(server);
  return server;
}

function addUser(
  state: NextAuthState,
  server: VirtualServer,
  userid: string,
  devices: string[],
  attributes: Record<string, unknown>,
  differs: Partial<Account> = {},
): void {
  server.users.set(userid, attributes);
  for (const description of devices) Object.assign(addAccount(state, server, userid, description), differs);
}

/** Adds an app instance; ids count up over all servers. */
export function addAccount(
  state: NextAuthState,
  server: VirtualServer,
  userid: string,
  description: string,
): Account {
  const id =
    1 + Math.max(100, ...state.servers.flatMap((each) => each.accounts.map((account) => account.id)));
  const account: Account = {
    id,
    description,
    userid,
    blocked: false,
    clientVersion: '3.4.1',
    created: seconds(state.clock.now()) - id * 86_400,
    lastlogin: 0,
    lastprovoke: 0,
    pk: bytes(state.ids, `account ${id}`).toString('base64'),
    online: true,
  };
  server.accounts.push(account);
  return account;
}

function addKey(state: NextAuthState, description: string, grants: [string | null, Permission[]][]): void {
  const role = bytes(state.ids, `role ${description}`).toString('base64');
  const apikey = bytes(state.ids, `key ${description}`).toString('hex');
  state.keys.push({ apikey, description, role });
  for (const [server, permissions] of grants) state.grants.push({ role, server, permissions });
}
