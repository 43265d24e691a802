import type { Identity, Membership } from '#contract/shapes.ts';
import { facts, isoTime } from '../../kit/display.ts';
import { nullIfRefused } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Server } from '../api/models.ts';
import { assumptions, timeOf } from '../assumptions.ts';
import { clientOf, directoryOf } from './clients.ts';
import { readSecret } from './secret.ts';

export async function whoAmI(context: VendorContext, secret: Json): Promise<Identity> {
  const session = readSecret(secret);
  const status = await clientOf(context, session).getSession();
  const device =
    status.accountid === undefined
      ? null
      : await nullIfRefused(directoryOf(context).getAccount(session.serverId, status.accountid));
  return {
    name: status.userid ?? 'Unnamed person',
    ...(device?.description ? { detail: device.description } : {}),
    facts: facts([
      ['Device', device?.description],
      ['App version', device?.clientVersion],
      ['Enrolled', isoTime(timeOf(device?.created))],
      ['Last sign-in', isoTime(timeOf(device?.lastlogin))],
    ]),
  };
}

/** The servers that the key's role may see, and the session's own. */
export async function memberships(context: VendorContext, secret: Json): Promise<Membership[]> {
  const { serverId } = readSecret(secret);
  const servers = (await nullIfRefused(everyServer(context))) ?? [];
  const rows = servers.map((one): Membership => rowOf(one, serverId));
  const here = context.realm ?? { id: serverId, name: serverId };
  return rows.some((one) => one.here) ? rows : [{ realm: here, roles: [], here: true }, ...rows];
}

async function everyServer(context: VendorContext): Promise<Server[]> {
  const all: Server[] = [];
  for (let pages = 0; pages < assumptions.mostPages; pages += 1) {
    const page = await directoryOf(context).getServers({ limit: assumptions.pageSize, marker: all.length });
    const known = new Set(all.map((one) => one.serverid));
    const fresh = page.servers.filter((one) => !known.has(one.serverid)).slice(0, assumptions.pageSize);
    all.push(...fresh);
    const most = Math.min(page.totalnumber ?? Infinity, assumptions.mostServers);
    if (fresh.length < assumptions.pageSize || all.length >= most) break;
  }
  return all;
}

function rowOf(server: Server, here: string): Membership {
  return {
    realm: { id: server.serverid, name: server.serverName ?? server.serverid },
    roles: [],
    here: server.serverid === here,
    ...(server.accountCount === undefined ? {} : { detail: `${server.accountCount} devices` }),
  };
}
