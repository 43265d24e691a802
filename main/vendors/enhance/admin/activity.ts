import { z } from 'zod';
import type { PersonPage } from '#contract/admin.ts';
import { nullIfRefused, orFailure } from '../../kit/reads.ts';
import type { EnhanceClient } from '../api/client.ts';
import { timeOf } from '../assumptions.ts';
import { statedTime } from '../words.ts';
import type { Memberships } from './memberships.ts';
import type { PersonKey } from './person-id.ts';

type Table = PersonPage['tables'][number];
type Activity = Awaited<ReturnType<EnhanceClient['getOrgActivities']>>['items'][number];

/** Organisations whose record is read for one person. */
const mostOrganisations = 5;
const mostRows = 20;

/**
 * What the panel has recorded about a login in the organisations that it belongs to, the newest first; null where the session
 * may read no record. The panel has no record of a login as such, nor of what its person did.
 */
export async function activityTable(
  client: EnhanceClient,
  { loginId, place }: Pick<PersonKey, 'loginId' | 'place'>,
  memberships: Memberships | null,
): Promise<Table | null> {
  const names = new Map((memberships?.found ?? []).map(({ org }) => [org.id, org.name]));
  const here = place && place.kind !== 'realm' ? place.id : null;
  const ids = [...new Set([...(here ? [here] : []), ...names.keys()])].slice(0, mostOrganisations);
  const work = ids.map((id) => nullIfRefused(client.getOrgActivities(id, loginId, mostRows)));
  const { value, failed } = await orFailure(Promise.all(work));
  const read = (value ?? []).filter((page) => page !== null);
  if (read.length === 0 && !failed) return null;
  return {
    title: 'Recorded about this login',
    columns: [
      { id: 'what', label: 'What' },
      { id: 'when', label: 'When' },
      { id: 'by', label: 'By' },
      { id: 'organisation', label: 'Organisation' },
    ],
    rows: read
      .flatMap(({ items }) => items)
      .toSorted((a, b) => (timeOf(b.createdAt) ?? 0) - (timeOf(a.createdAt) ?? 0))
      .slice(0, mostRows)
      .map((one) => ({
        id: String(one.id),
        cells: {
          what: one.message || one.kind,
          when: statedTime(one.createdAt),
          by: actorOf(one),
          organisation: names.get(one.orgId) ?? '',
        },
        actions: [],
      })),
    empty: 'The panel has recorded nothing about this login.',
    ...(failed ? { failed } : {}),
  };
}

const shape = z.object({
  actor: z.union([
    z.object({
      type: z.literal('login'),
      content: z.object({ detail: z.object({ ok: z.object({ name: z.string(), email: z.string() }) }) }),
    }),
    z.object({ type: z.string() }),
  ]),
});

/** Who did it, where the panel says so; '' where it does not. */
function actorOf({ context }: Activity): string {
  const actor = shape.safeParse(context).data?.actor;
  if (!actor) return '';
  if (!('content' in actor)) return actor.type === 'accessToken' ? 'an access token' : '';
  const { name, email } = actor.content.detail.ok;
  return name || email;
}
