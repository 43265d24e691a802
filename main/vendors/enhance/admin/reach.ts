import type { Organisation } from '#contract/admin.ts';
import { isUuid } from '#lib/uuid.ts';
import { nullIfRefused } from '../../kit/reads.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { Rights } from './rights.ts';

/** An organisation that the session's rights reach. */
export interface Reached {
  id: string;
  name: string;
  parentId?: string | undefined;
  ownerLoginId?: string | undefined;
  ownerEmail?: string | undefined;
  /** Suspended or deleted. */
  stopped: 'suspended' | 'deleted' | null;
  /** Not a customer: the session's login is a member of it. */
  own: boolean;
}

const pageSize = 200;
/** More organisations than this are not read for one question. */
const mostOrganisations = 1000;
/** Of one organisation's customers, should a panel's pages never end. */
const mostPages = 10;
const mostOwn = 20;

type Org = Awaited<ReturnType<EnhanceClient['getOrg']>>;

const reached = (org: Org, own: boolean): Reached => ({
  id: org.id,
  name: org.name,
  parentId: org.parentId,
  ownerLoginId: org.ownerLoginId,
  ownerEmail: org.ownerEmail,
  stopped: org.status === 'deleted' ? 'deleted' : org.suspendedBy ? 'suspended' : null,
  own,
});

/** The organisations of the session's login, then the customers of those that it administers, in the order that they come in. */
export async function* organisationsInReach(client: EnhanceClient, rights: Rights): AsyncGenerator<Reached> {
  const seen = new Set<string>();
  for (const { orgId, orgName } of rights.memberships.slice(0, mostOwn)) {
    const org = rights.adminOf.some((admin) => admin.orgId === orgId)
      ? await nullIfRefused(client.getOrg(orgId))
      : null;
    seen.add(orgId);
    yield org ? reached(org, true) : { id: orgId, name: orgName, stopped: null, own: true };
  }
  // Everything at the panel lies below the master organisation.
  const master = rights.adminOf.filter((membership) => membership.isMasterOrg);
  for (const { orgId } of (master.length > 0 ? master : rights.adminOf).slice(0, mostOwn)) {
    for await (const customer of customersOf(client, orgId)) {
      if (seen.has(customer.id)) continue;
      if (seen.size >= mostOrganisations) return;
      seen.add(customer.id);
      yield customer;
    }
  }
}

async function* customersOf(client: EnhanceClient, orgId: string): AsyncGenerator<Reached> {
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await nullIfRefused(
      client.getOrgCustomers(orgId, { offset, limit: pageSize, recursive: true, sortBy: 'name' }),
    );
    if (!page) return;
    for (const org of page.items) yield reached(org, false);
    offset += page.items.length;
    if (page.items.length === 0 || offset >= page.total) return;
  }
}

const mostAnswers = 50;

/** Organisations whose name, owner or id holds the text, at most 50; the panel has no search of its own for them. */
export async function searchOrganisations(
  client: EnhanceClient,
  rights: Rights,
  search: string,
): Promise<Organisation[]> {
  const text = search.trim().toLowerCase();
  const found: Organisation[] = [];
  for await (const org of organisationsInReach(client, rights)) {
    const words = [org.name, org.ownerEmail ?? '', org.id].join('\n').toLowerCase();
    if (!words.includes(text)) continue;
    found.push({ id: org.id, name: org.name, ...detailOf(org, rights) });
    if (found.length === mostAnswers) break;
  }
  // Support staff may act in customers that they may not list: an id that they know is as good.
  if (found.length === 0 && isUuid(text)) {
    const org = await nullIfRefused(client.getOrg(text));
    found.push({ id: text, name: org?.name ?? text, detail: 'by its id' });
  }
  return found;
}

function detailOf(org: Reached, rights: Rights): { detail?: string } {
  const master = rights.memberships.some((one) => one.orgId === org.id && one.isMasterOrg);
  const words = [
    master ? 'master organisation' : org.own ? 'yours' : 'customer',
    org.ownerEmail,
    org.stopped,
  ];
  return { detail: words.filter(Boolean).join(', ') };
}
