import { lookUp } from '#lib/look-up.ts';
import { isKind } from '../../kit/failures.ts';
import type { KoyebClient } from '../api/client.ts';
import type { Organization } from '../api/models.ts';

export type Member = Awaited<ReturnType<KoyebClient['listOrganizationMembers']>>['members'][number];

/** The organisation that the session acts in; null for none. */
export async function organisationOf(client: KoyebClient): Promise<Organization | null> {
  try {
    return await client.getCurrentOrganization();
  } catch (error) {
    if (isKind(error, 'not-found')) return null;
    throw error;
  }
}

/** How a member is found again: members can be asked for by the person only. */
export const personIdOf = (member: Member) => member.user_id ?? member.user?.id;

const words: Record<string, string> = { INVALID: '', OWNER: 'owner', ACTIVE: 'active', DELETED: 'removed' };

/** Koyeb's word for a role or a status, in small letters; an unknown one stays readable. */
export const wordOf = (value: string | undefined) =>
  lookUp(words, value) ?? value?.toLowerCase().replaceAll('_', ' ') ?? '';
