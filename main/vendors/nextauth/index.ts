import { GatehouseError } from '#contract/failure.ts';
import type { Membership } from '#contract/shapes.ts';
import { opensNothing } from '../kit/opens-nothing.ts';
import type { Vendor, VendorContext } from '../vendor.ts';
import * as admin from './admin/index.ts';
import { assumptions, timeOf } from './assumptions.ts';
import { nextauthDirectory } from './directory.ts';
import { end } from './end.ts';
import { form } from './form.ts';
import type { Account, Server } from './models.ts';
import { clientOf, keysOf, readScan } from './prompt.ts';
import { readSecret } from './secret.ts';
import * as signIn from './sign-in.ts';
import { watch } from './watch.ts';

const directoryOf = (context: VendorContext) => nextauthDirectory(context.http, keysOf(context));

/** nextAuth, sign-in by phone. A session is a nonce that a phone approved; there is nothing to type. */
export const nextauth: Vendor = {
  id: 'nextauth',
  view: {
    name: 'nextAuth',
    purpose: 'Sign-in by phone',
    words: { realm: 'server', realms: 'servers', place: 'at the nextAuth server' },
    form,
    ways: [],
  },

  /** Nobody is named before a phone approves; an id in base64 says nothing to a person. */
  identityOf: ({ baseUrl = '' }) => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl),

  checkForm(values) {
    if (/^[A-Za-z0-9+/_-]+={0,2}$/.test((values.serverId ?? '').trim())) return;
    const sentence = 'A server id is base64: letters, digits, “+”, “/” and “=”.';
    throw new GatehouseError({ kind: 'invalid', message: sentence, fields: { serverId: sentence } });
  },

  begin: (context) => opensNothing(signIn.begin(context)),

  async answer() {
    throw new GatehouseError({
      kind: 'invalid',
      message: 'A nextAuth sign-in is approved on the phone; there is nothing to type.',
    });
  },

  /** A push opens nothing by itself: only an approval does, and that is listened to. */
  push: (context, resume, target) => opensNothing(signIn.push(context, readScan(resume), target)),
  listen: (context, resume, changed) => watch(context, readScan(resume), changed),
  abandon: (context, resume) => end(context, readScan(resume)),

  async check(context, secret) {
    const status = await clientOf(context, readSecret(secret)).getSession();
    if (status.loggedin) return { alive: true, ...(status.userid ? { person: status.userid } : {}) };
    return {
      alive: false,
      reason:
        'nextAuth no longer shows this session as signed in: it was ended, or the phone stopped answering.',
    };
  },

  end: (context, secret) => end(context, readSecret(secret)),
  /** A nonce that was never shown as a code can't have been approved; one that was is written down, and `abandon` ends it. */
  async endStray() {
    return { conclusive: true, ended: false };
  },

  async whoAmI(context, secret) {
    const session = readSecret(secret);
    const status = await clientOf(context, session).getSession();
    const device =
      status.accountid === undefined
        ? null
        : await withoutRight(directoryOf(context).getAccount(session.serverId, status.accountid), null);
    return {
      name: status.userid ?? 'Unnamed person',
      ...(device?.description ? { detail: device.description } : {}),
      facts: deviceFacts(device),
    };
  },

  async memberships(context, secret) {
    const { serverId } = readSecret(secret);
    const servers = await withoutRight(everyServer(context), []);
    const rows = servers.map((one): Membership => rowOf(one, serverId));
    const here = context.realm ?? { id: serverId, name: serverId };
    return rows.some((one) => one.here) ? rows : [{ realm: here, roles: [], here: true }, ...rows];
  },

  ...admin,
};

/** What the key's role may not read is left out. */
async function withoutRight<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GatehouseError && ['forbidden', 'not-found'].includes(error.failure.kind))
      return otherwise;
    throw error;
  }
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
  const people = server.accountCount === undefined ? [] : [`${server.accountCount} devices`];
  return {
    realm: { id: server.serverid, name: server.serverName ?? server.serverid },
    roles: [],
    here: server.serverid === here,
    ...(people.length ? { detail: people.join(', ') } : {}),
  };
}

function deviceFacts(device: Account | null) {
  const last = timeOf(device?.lastlogin);
  const created = timeOf(device?.created);
  return [
    { label: 'Device', value: device?.description },
    { label: 'App version', value: device?.clientVersion },
    { label: 'Enrolled', value: created ? new Date(created).toISOString() : undefined },
    { label: 'Last sign-in', value: last ? new Date(last).toISOString() : undefined },
  ].flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}
