import type { PracticeIds } from '../common/seed.ts';
import { LoginBook } from './login-book.ts';
import { addManyLogins } from './many-logins.ts';
import { SEEDED_ELSEWHERE, SEEDED_LOGINS, SEEDED_ORGS, type SeededLogin } from './seed-data.ts';
import { EnhanceState } from './state.ts';
import type { EnhanceOptions, Role } from './types.ts';

const DAY = 24 * 3_600_000;
/** Colours that stand for people without a picture. */
const COLOURS = ['#2f6f8f', '#8f4f2f', '#4f7f3f', '#7f3f6f', '#5f5f9f', '#8f7f2f'];

/** The ids of seeded things by their short names. */
export const orgId = (ids: PracticeIds, name: string) => ids.uuid(`org/${name}`);
export const loginId = (ids: PracticeIds, name: string) => ids.uuid(`login/${name}`);
export const memberId = (ids: PracticeIds, login: string, org: string) => ids.uuid(`member/${login}/${org}`);

/** The practice world: Northwind Hosting, its resellers, their customers and people. */
export function seedState(options: EnhanceOptions): EnhanceState {
  const { ids } = options;
  const state = new EnhanceState(options, new LoginBook());
  const start = state.now();
  state.masterId = orgId(ids, 'northwind');
  for (const [name, org] of Object.entries(SEEDED_ORGS)) {
    state.orgs.set(orgId(ids, name), {
      id: orgId(ids, name),
      parentId: org.parent ? orgId(ids, org.parent) : null,
      name: org.name,
      status: 'active',
      suspendedBy: org.suspended ? orgId(ids, 'northwind') : null,
      ownerMemberId: null,
      subscriptionsCount: org.subscriptions,
      websitesCount: org.websites,
      createdAt: start - org.age * DAY,
      locale: org.locale,
      panelHost: org.panelHost ?? null,
    });
  }
  SEEDED_LOGINS.forEach((login, index) => {
    addLogin(state, login, COLOURS[index % COLOURS.length]!, start - (700 - index * 31) * DAY);
  });
  for (const { login, ...elsewhere } of SEEDED_ELSEWHERE) {
    const id = ids.nextUuid('elsewhere');
    const createdAt = start - elsewhere.hoursAgo * 3_600_000;
    state.sessions.set(id, {
      ...{ id, loginId: loginId(ids, login), state: 'active', token: ids.nextToken('elsewhere', 60) },
      ...{ method: null, pin: null, resends: 0, change: null, createdAt, until: createdAt + 7 * DAY },
      userAgent: elsewhere.userAgent,
      ipAddr: elsewhere.ipAddr,
      location: elsewhere.location,
    });
  }
  const token = ids.uuid('access-token/northwind');
  state.accessTokens.set(token, {
    ...{ id: token, orgId: state.masterId, token: seededToken(ids), roles: ['SuperAdmin'] },
    ...{ tokenExpires: null, friendlyName: 'Support desk', allowedIps: [], ipRestricted: false },
  });
  state.lockout.block('bea@northwind.example', (30 * DAY) / 1000, 12);
  const { logins = 0 } = options;
  if (logins > 0) state.book.fillLater(() => addManyLogins(state, logins));
  return state;
}

/** The seeded organisation access token. */
export function seededToken(ids: PracticeIds): string {
  return Buffer.from(ids.authenticatorSecret('access-token'))
    .toString('base64url')
    .padEnd(48, 'x')
    .slice(0, 48);
}

function addLogin(state: EnhanceState, seeded: SeededLogin, colorCode: string, registeredAt: number): void {
  const { ids } = state.options;
  const id = loginId(ids, seeded.key);
  state.book.add({
    ...{ id, realmId: orgId(ids, seeded.realm), email: seeded.email, name: seeded.name },
    ...{ password: seeded.password, colorCode, registeredAt, avatar: null },
    passwordChangedAt: registeredAt + 90 * DAY,
    authMethod: seeded.authMethod ?? 'basic',
    totpSecret: seeded.authMethod === 'otp' ? ids.authenticatorSecret(seeded.key) : null,
    locale: seeded.locale ?? 'en-GB',
  });
  for (const [org, roles] of Object.entries(seeded.member))
    addMember(state, seeded, org, roles, registeredAt);
}

function addMember(
  state: EnhanceState,
  seeded: SeededLogin,
  orgName: string,
  roles: Role[],
  joinedAt: number,
): void {
  const { ids } = state.options;
  const member = {
    id: memberId(ids, seeded.key, orgName),
    loginId: loginId(ids, seeded.key),
    orgId: orgId(ids, orgName),
    ...{ roles, isActive: true, notifications: [], joinedAt },
    siteAccesses: Array.from({ length: seeded.sites ?? 0 }, (_, index) =>
      ids.uuid(`site/${orgName}/${index}`),
    ),
  };
  state.book.addMember(member);
  const org = state.orgs.get(member.orgId);
  if (org && roles.includes('Owner')) org.ownerMemberId = member.id;
  state.activities.push({
    id: ids.uuid(`activity/${member.id}`),
    ...{ orgId: member.orgId, kind: 'added', createdAt: joinedAt },
    message: `${seeded.name} joined ${org?.name}`,
    ...{ loginId: member.loginId, entityId: member.loginId },
  });
}
