import { GatehouseError } from '#contract/failure.ts';
import { isKind } from '../../kit/admin.ts';
import type { EnhanceClient } from '../client.ts';
import type { LoginMembership } from '../models.ts';

/** The vendor's admins, wherever its document says Owner, SuperAdmin or Sysadmin. */
const admins = ['Owner', 'SuperAdmin', 'Sysadmin'];
/** "Admin or support rights" (OpenAPI 12.21.3, createLogin). */
const staff = [...admins, 'Support'];

export const missing = {
  master: 'Owner, SuperAdmin or Sysadmin in the master organisation',
  admin: 'Owner, SuperAdmin or Sysadmin in an organisation',
  owner: 'Owner of this organisation or of the master organisation',
  staff: 'admin or support rights in an organisation',
  here: 'Owner, SuperAdmin or Sysadmin in this organisation or in the master organisation',
};

/** What the session's own roles let it do. Where the panel does not tell the roles, everything is tried and its answer decides. */
export interface Rights {
  memberships: LoginMembership[];
  isMasterAdmin: boolean;
  isStaff: boolean;
  /** Organisations in which the session is an admin, by membership. */
  adminOf: LoginMembership[];
  staffOf: LoginMembership[];
  known: boolean;
}

export async function rightsOf(client: EnhanceClient): Promise<Rights> {
  try {
    return rightsFrom(await client.getLoginMemberships());
  } catch (error) {
    // An organisation's token may have no login, and so no memberships to show.
    if (!isKind(error, 'forbidden', 'not-found', 'invalid')) throw error;
    return { memberships: [], isMasterAdmin: true, isStaff: true, adminOf: [], staffOf: [], known: false };
  }
}

function rightsFrom(memberships: LoginMembership[]): Rights {
  const holding = (roles: string[]) =>
    memberships.filter((membership) => membership.roles.some((role) => roles.includes(role)));
  const adminOf = holding(admins);
  const staffOf = holding(staff);
  return {
    memberships,
    isMasterAdmin: adminOf.some((membership) => membership.isMasterOrg),
    isStaff: staffOf.length > 0,
    adminOf,
    staffOf,
    known: true,
  };
}

/** Throws `forbidden` unless the right is held. */
export function demand(held: boolean, words: string): void {
  if (held) return;
  throw new GatehouseError({
    kind: 'forbidden',
    message: 'Your roles at the panel do not let you do this.',
    missingRight: words,
  });
}
