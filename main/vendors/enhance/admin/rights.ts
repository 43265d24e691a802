import { GatehouseError, isKind } from '#contract/failure.ts';
import type { Right } from '../../kit/rights.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { LoginMembership } from '../api/models.ts';

/** The vendor's admins, wherever its document says Owner, SuperAdmin or Sysadmin. */
const admins = ['Owner', 'SuperAdmin', 'Sysadmin'];
/** "At least a SuperAdmin" (OpenAPI 12.21.3, createInvite, updateOwner, deleteOwner). */
const superAdmins = ['Owner', 'SuperAdmin'];
/** "Admin or support rights" (OpenAPI 12.21.3, createLogin). */
const staff = [...admins, 'Support'];

/** What the session's own roles let it do. Where the panel does not tell the roles, everything is tried and its answer decides. */
export interface Rights {
  memberships: LoginMembership[];
  isMasterAdmin: boolean;
  isStaff: boolean;
  /** Organisations in which the session is an admin, by membership. */
  adminOf: LoginMembership[];
  staffOf: LoginMembership[];
  /** Organisations in which the session is at least a SuperAdmin. */
  superAdminOf: LoginMembership[];
  known: boolean;
}

interface Holder {
  rights: Rights;
}

export const masterAdmin: Right<Holder> = {
  name: 'Owner, SuperAdmin or Sysadmin in the master organisation',
  isHeld: ({ rights }) => rights.isMasterAdmin,
};
export const organisationAdmin: Right<Holder> = {
  name: 'Owner, SuperAdmin or Sysadmin in an organisation',
  isHeld: ({ rights }) => !rights.known || rights.adminOf.length > 0,
};
/** The same where it has to be known in which one. */
export const knownOrganisationAdmin: Right<Holder> = {
  name: organisationAdmin.name,
  isHeld: ({ rights }) => rights.adminOf.length > 0,
};
export const inviter: Right<Holder> = {
  name: 'at least SuperAdmin in an organisation',
  isHeld: ({ rights }) => !rights.known || rights.superAdminOf.length > 0,
};
export const staffRights: Right<Holder> = {
  name: 'admin or support rights in an organisation',
  isHeld: ({ rights }) => rights.isStaff,
};

/** Whether the session is at least a SuperAdmin of this organisation; true where the panel does not tell its roles. */
export const isSuperAdminOf = ({ known, superAdminOf }: Rights, id: string | undefined): boolean =>
  !known || superAdminOf.some(({ orgId }) => orgId === id);

/** A session of a person; `byToken` as in context.ts. */
export const personSession: Right<{ byToken: boolean }> = {
  name: 'a session signed in by a person; an access token can’t change a login',
  isHeld: ({ byToken }) => !byToken,
};

export async function rightsOf(client: EnhanceClient): Promise<Rights> {
  try {
    return rightsFrom(await client.getLoginMemberships());
  } catch (error) {
    // An organisation's token may have no login, and so no memberships to show.
    if (!isKind(error, 'forbidden', 'not-found', 'invalid')) throw error;
    return {
      memberships: [],
      isMasterAdmin: true,
      isStaff: true,
      adminOf: [],
      staffOf: [],
      superAdminOf: [],
      known: false,
    };
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
    superAdminOf: holding(superAdmins),
    known: true,
  };
}

/** Throws `forbidden` unless the session administers the master organisation. */
export const requireMasterAdmin = async (client: EnhanceClient) =>
  requireRight(masterAdmin, { rights: await rightsOf(client) });

/** Throws `forbidden` unless the right is held. */
export function requireRight<Subject>(right: Right<Subject>, subject: Subject): void {
  if (right.isHeld(subject)) return;
  throw new GatehouseError({
    kind: 'forbidden',
    message: 'Your roles at the panel do not let you do this.',
    missingRight: right.name,
  });
}
