import { randomBytes } from 'node:crypto';
import { GatehouseError } from '#contract/failure.ts';
import type { Step, VendorContext } from '../vendor.ts';
import { assumptions, timeOf } from './assumptions.ts';
import { nextauthDirectory } from './directory.ts';
import type { Account, Server } from './models.ts';
import { clientOf, contextOf, keysOf, promptOf, type Scan } from './prompt.ts';
import { socketUrl } from './socket.ts';
import { readPayload, readStatus } from './status.ts';
import { watched } from './watch.ts';

/** Makes a nonce and asks for its QR code. Nobody is signed in by this, so nothing is left behind if it fails. */
export async function begin(visit: VendorContext): Promise<Step> {
  const serverId = visit.realm?.id || (visit.values.serverId ?? '').trim();
  const session = { nonce: randomBytes(24).toString('base64url'), serverId };
  const status = await readStatus(visit, session);
  const directory = nextauthDirectory(visit.http, keysOf(visit));
  const [payload, server, devices] = await Promise.all([
    readPayload(visit, session, status),
    ifAllowed<Server | null>(directory.getServer(serverId), null),
    ifAllowed(lastDevices(visit, serverId), []),
  ]);
  const { lastAccountId, lastUserId } = visit.values;
  const scan: Scan = {
    ...session,
    serverName: nameOf(server?.serverName ?? visit.realm?.name ?? serverId),
    wsUrl: socketUrl(server?.wsurl, visit.baseUrl),
    payload,
    stage: 'ready',
    staleAt: visit.now() + assumptions.codeLife,
    deadline: visit.now() + assumptions.scanDeadline,
    listening: 'polling',
    pushed: false,
    canProvoke: status.canprovoke ?? false,
    last: { accountId: lastAccountId ? Number(lastAccountId) : null, userId: lastUserId || null },
    targets: devices.map((one) => targetOf(one)),
  };
  return promptOf(visit, scan);
}

/** What a QR code does not need: without the right (or the answer) it is left out. */
async function ifAllowed<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GatehouseError && error.failure.kind !== 'cancelled') return otherwise;
    throw error;
  }
}

async function lastDevices(visit: VendorContext, serverId: string): Promise<Account[]> {
  const directory = nextauthDirectory(visit.http, keysOf(visit));
  const query = { limit: assumptions.pushTargets, sort: 'lastlogin:desc' };
  const { accounts } = await directory.getAccounts(serverId, query);
  return accounts.filter((one) => !one.blocked).slice(0, assumptions.pushTargets);
}

function targetOf(account: Account): Scan['targets'][number] {
  const last = timeOf(account.lastlogin);
  const used = last ? `last used ${new Date(last).toISOString().slice(0, 10)}` : 'never used';
  return {
    id: `account:${account.id}`,
    label: nameOf(account.description ?? `Device ${account.id}`),
    detail: account.userid ? `${nameOf(account.userid)}, ${used}` : used,
  };
}

const nameOf = (text: string) => text.slice(0, assumptions.nameSize);

/** Pushes to `last`, `user:<user name>` or `account:<device id>`; the outcome shows while listening. */
export async function push(visit: VendorContext, scan: Scan, target: string): Promise<Step> {
  const client = clientOf(visit, scan);
  const context = contextOf(visit, scan.serverName);
  const [kind, id] = splitTarget(target);
  if (kind === 'user' && id) await client.provokeLoginOnUser(id, context);
  else if (kind === 'account' && /^\d+$/.test(id)) await client.provokeLoginOnAccount(Number(id), context);
  else if (kind === 'last' && scan.canProvoke) await client.provokeLogin(context);
  else if (kind === 'last' && scan.last.accountId !== null)
    await client.provokeLoginOnAccount(scan.last.accountId, context);
  else if (kind === 'last' && scan.last.userId) await client.provokeLoginOnUser(scan.last.userId, context);
  else
    throw new GatehouseError({
      kind: 'invalid',
      message: 'There is no phone to push to with this choice.',
      advice: 'Choose a device, type a user name, or scan the code.',
    });
  const now = watched(scan.nonce)?.pushed() ?? scan;
  return promptOf(visit, { ...now, stage: 'pushed', pushed: true });
}

function splitTarget(target: string): [string, string] {
  const colon = target.indexOf(':');
  return colon < 0 ? [target, ''] : [target.slice(0, colon), target.slice(colon + 1).trim()];
}
