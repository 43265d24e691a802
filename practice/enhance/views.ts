import type { EnhanceState } from './state.ts';
import type { AccessToken, Activity, Login, Member, Org, Session } from './types.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export function loginView(login: Login) {
  return {
    id: login.id,
    email: login.email,
    name: login.name,
    colorCode: login.colorCode,
    registeredAt: iso(login.registeredAt),
    ...(login.avatar && { avatarPath: `/avatars/${login.id}` }),
    ...(login.passwordChangedAt && { passwordLastChangedAt: iso(login.passwordChangedAt) }),
    authMethod: login.authMethod,
    locale: login.locale,
  };
}

export function membershipsView(state: EnhanceState, members: Member[]) {
  return {
    memberships: members
      .filter((member) => member.isActive)
      .map((member) => ({
        memberId: member.id,
        orgId: member.orgId,
        orgName: state.orgs.get(member.orgId)?.name ?? '',
        isMasterOrg: member.orgId === state.masterId,
        roles: member.roles,
        siteAccessCount: member.siteAccesses.length,
      })),
  };
}

export function sessionView(session: Session) {
  return {
    id: session.id,
    createdAt: iso(session.createdAt),
    ...(session.userAgent && { userAgent: session.userAgent }),
    ...(session.ipAddr && { ipAddr: session.ipAddr }),
    ...(session.location && { location: session.location }),
  };
}

export function orgView(state: EnhanceState, org: Org) {
  const owner = state.ownerOf(org);
  return {
    id: org.id,
    ...(org.parentId && { parentId: org.parentId }),
    name: org.name,
    status: org.status,
    ...(org.suspendedBy && { suspendedBy: org.suspendedBy }),
    ...(owner && {
      owner: owner.login.name,
      ownerEmail: owner.login.email,
      ownerId: owner.member.id,
      ownerLoginId: owner.login.id,
    }),
    subscriptionsCount: org.subscriptionsCount,
    websitesCount: org.websitesCount,
    createdAt: iso(org.createdAt),
    locale: org.locale,
  };
}

export function memberView(state: EnhanceState, member: Member) {
  const login = state.book.login(member.loginId);
  return {
    id: member.id,
    loginId: member.loginId,
    isActive: member.isActive,
    email: login?.email ?? '',
    name: login?.name ?? '',
    roles: member.roles,
    siteAccesses: member.siteAccesses,
    notifications: member.notifications,
    // A date, unlike every other time of this vendor.
    joinedAt: iso(member.joinedAt).slice(0, 10),
    ...(login?.avatar && { avatarPath: `/avatars/${login.id}` }),
    colorCode: login?.colorCode ?? '#888888',
    authMethod: login?.authMethod ?? 'basic',
  };
}

export function tokenView(token: AccessToken) {
  return {
    id: token.id,
    firstFive: token.token.slice(0, 5),
    roles: token.roles,
    ...(token.tokenExpires && { tokenExpires: token.tokenExpires }),
    ...(token.friendlyName && { friendlyName: token.friendlyName }),
    allowedIps: token.allowedIps,
    ipRestricted: token.ipRestricted,
  };
}

export function activityView(state: EnhanceState, activity: Activity) {
  const login = activity.loginId ? state.book.login(activity.loginId) : null;
  const actor = login
    ? {
        type: 'login',
        content: {
          id: login.id,
          detail: { ok: { name: login.name, email: login.email, realmId: login.realmId } },
        },
      }
    : { type: 'accessToken' };
  return {
    id: activity.id,
    orgId: activity.orgId,
    kind: activity.kind,
    createdAt: iso(activity.createdAt),
    message: activity.message,
    context: { actor },
  };
}
