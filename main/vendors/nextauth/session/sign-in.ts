import { randomBytes } from 'node:crypto';
import { GatehouseError } from '#contract/failure.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import type { Account } from '../api/models.ts';
import { assumptions, timeOf } from '../assumptions.ts';
import { clientOf, directoryOf } from './clients.ts';
import { enrolPayload } from './enrol.ts';
import { socketUrl } from './socket.ts';
import { promptOf, type Scan, userContextOf } from './state.ts';
import { readPayload, readStatus } from './status.ts';
import { watched } from './watch.ts';

/**
 * Makes a nonce and asks for its QR code: to sign in by, or to enrol a phone of the person `enrols`, which is signed in then. Nobody is signed in
 * by this, so nothing is left behind if it fails.
 */
export async function begin(context: VendorContext, enrols: string | null): Promise<Step> {
  const serverId = context.realm?.id || (context.values.serverId ?? '').trim();
  const session = { nonce: randomBytes(24).toString('base64url'), serverId };
  const status = await readStatus(context, session);
  // A QR code can do without these two.
  const [server, devices] = await Promise.all([
    nullIfFailed(directoryOf(context).getServer(serverId)),
    nullIfFailed(lastDevices(context, serverId)),
  ]);
  const serverName = nameOf(server?.serverName ?? context.realm?.name ?? serverId);
  const code =
    enrols === null
      ? await readPayload(context, { ...session, serverName }, status)
      : { payload: await enrolPayload(context, session, enrols), told: false };
  const { lastAccountId, lastUserId } = context.values;
  const scan: Scan = {
    ...session,
    serverName,
    wsUrl: socketUrl(server?.wsurl, context.baseUrl),
    ...code,
    enrols,
    stage: 'ready',
    staleAt: context.now() + assumptions.codeLife,
    deadline: context.now() + assumptions.scanDeadline,
    listening: 'polling',
    pushed: false,
    canProvoke: status.canprovoke ?? false,
    last: { accountId: lastAccountId ? Number(lastAccountId) : null, userId: lastUserId || null },
    targets: (devices ?? []).map(targetOf),
  };
  return promptOf(context, scan);
}

async function lastDevices(context: VendorContext, serverId: string): Promise<Account[]> {
  const query = { limit: assumptions.pushTargets, sort: 'lastlogin:desc' };
  const { accounts } = await directoryOf(context).getAccounts(serverId, query);
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
export async function push(context: VendorContext, scan: Scan, target: string): Promise<Step> {
  const client = clientOf(context, scan);
  const userContext = userContextOf(context, scan.serverName);
  const [kind, id] = splitTarget(target);
  if (kind === 'user' && id) await client.provokeLoginOnUser(id, userContext);
  else if (kind === 'account' && /^\d+$/.test(id))
    await client.provokeLoginOnAccount(Number(id), userContext);
  else if (kind === 'last' && scan.canProvoke) await client.provokeLogin(userContext);
  else if (kind === 'last' && scan.last.accountId !== null)
    await client.provokeLoginOnAccount(scan.last.accountId, userContext);
  else if (kind === 'last' && scan.last.userId)
    await client.provokeLoginOnUser(scan.last.userId, userContext);
  else
    throw new GatehouseError({
      kind: 'invalid',
      message: 'There is no phone to push to with this choice.',
      advice: 'Choose a device, type a user name, or scan the code.',
    });
  const now = watched(scan.nonce)?.pushed() ?? scan;
  return promptOf(context, { ...now, stage: 'pushed', pushed: true });
}

function splitTarget(target: string): [string, string] {
  const colon = target.indexOf(':');
  return colon < 0 ? [target, ''] : [target.slice(0, colon), target.slice(colon + 1).trim()];
}
