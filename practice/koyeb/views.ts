import type { KoyebState } from './state.ts';
import type { Activity, Credential, Invitation, Member, Organization, Token, User } from './types.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** LoginReply. Without an organisation the field is there and empty, or absent: `bare` chooses the latter. */
export function loginReply(token: Token, bare = false) {
  return {
    token: {
      id: token.bearer,
      user_id: token.userId,
      ...(token.organizationId || !bare ? { organization_id: token.organizationId ?? '' } : {}),
      expires_at: iso(token.expiresAt),
    },
  };
}

export function userView(user: User) {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    avatar_url: '',
    two_factor_authentication: false,
    ...(user.lastLogin && { last_login: iso(user.lastLogin) }),
    last_login_ip: user.lastLoginIp ?? '',
    created_at: iso(user.createdAt),
    updated_at: iso(user.updatedAt),
    newsletter_subscribed: false,
    github_id: '',
    github_user: '',
    email_validated: user.validated,
    trialed: false,
    flags: user.flags,
  };
}

export function organizationView(organization: Organization) {
  return {
    id: organization.id,
    external_id: `org_${organization.id.replaceAll('-', '').slice(0, 20)}`,
    name: organization.name,
    plan: organization.plan,
    status: organization.status,
    status_message: organization.statusMessage,
    deactivation_reason: organization.deactivationReason,
    verified: true,
    trialing: organization.trialing,
  };
}

export function memberView(state: KoyebState, member: Member) {
  const user = state.users.get(member.userId);
  const organization = state.organizations.get(member.organizationId);
  return {
    id: member.id,
    organization_id: member.organizationId,
    user_id: member.userId,
    joined_at: iso(member.joinedAt),
    role: 'OWNER',
    status: member.status,
    ...(user && { user: publicUser(user) }),
    ...(organization && { organization: publicOrganization(organization) }),
  };
}

const publicUser = (user: User) => ({
  id: user.id,
  email: user.email,
  name: user.name,
  avatar_url: '',
  github_id: '',
  github_user: '',
});

const publicOrganization = (organization: Organization) => ({
  id: organization.id,
  name: organization.name,
  plan: organization.plan,
  status: organization.status,
});

/** Whoever has no account at Koyeb yet is invited without being named. */
export function invitationView(state: KoyebState, invitation: Invitation) {
  const { id, email, organizationId, inviterId } = invitation;
  const organization = state.organizations.get(organizationId);
  const invitee = state.userByEmail(email);
  const inviter = state.users.get(inviterId);
  return {
    ...{ id, email, role: 'OWNER', status: statusOf(state, invitation) },
    expires_at: iso(invitation.expiresAt),
    organization_id: organizationId,
    ...(organization && { organization: publicOrganization(organization) }),
    invitee_id: invitee?.id ?? '',
    ...(invitee && { invitee: publicUser(invitee) }),
    inviter_id: inviterId,
    ...(inviter && { inviter: publicUser(inviter) }),
  };
}

/** A pending one runs out by itself. */
export function statusOf(state: KoyebState, { status, expiresAt }: Invitation): Invitation['status'] {
  return status === 'PENDING' && expiresAt <= state.now() ? 'EXPIRED' : status;
}

/** The token itself is shown once, at creation. */
export function credentialView(credential: Credential, created = false) {
  return {
    id: credential.id,
    type: credential.type,
    name: credential.name,
    token: created ? credential.bearer : '',
    description: credential.description,
    user_id: credential.userId,
    organization_id: credential.organizationId ?? '',
    created_at: iso(credential.createdAt),
    updated_at: iso(credential.updatedAt),
  };
}

export function activityView(state: KoyebState, activity: Activity) {
  const user = state.users.get(activity.userId);
  const { object } = activity;
  return {
    id: activity.id,
    actor: { id: activity.userId, name: user?.name ?? '', type: 'user', metadata: {}, deleted: false },
    object: { id: object.id, name: object.name, type: object.type, metadata: {}, deleted: false },
    verb: activity.verb,
    metadata: {},
    created_at: iso(activity.createdAt),
  };
}
