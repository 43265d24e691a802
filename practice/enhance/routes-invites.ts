import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, missing } from './answers.ts';
import { callerOf, needRole, SUPER_ADMINS, sessionOf } from './caller.ts';
import { password, roles } from './rules.ts';
import { openSession } from './sessions.ts';
import type { EnhanceState } from './state.ts';
import type { Invite, Login, Member, Org } from './types.ts';

interface OrgPath {
  Params: { org: string };
}
interface InvitePath {
  Params: { invite: string };
}

const wanted = z.object({
  email: z.email(),
  name: z.string(),
  roles,
  siteAccesses: z.array(z.string()).default([]),
  notifications: z.array(z.string()).default([]),
  sendEmail: z.boolean().default(true),
});
const accepted = z.object({ email: z.email(), password: password.optional(), locale: z.string().optional() });

/** Invitations (OpenAPI 12.21.3, createInvite and acceptInvite): make one, look at it, accept it. */
export function addInviteRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.post<OrgPath>('/orgs/:org/invites', on('createInvite'), async (request, reply) => {
    const caller = callerOf(state, request);
    const org = state.orgs.get(request.params.org);
    if (!org) throw missing('organisation');
    needRole(state, caller, org.id, SUPER_ADMINS);
    const { sendEmail, ...body } = wanted.parse(request.body);
    const login = loginFor(state, org, body);
    const known = state.book.membershipsOf(login.id).find((one) => one.orgId === org.id);
    // "The routine will fail if the login already has membership in the organization."
    if (known?.isActive) throw invalid('email: already a member');
    const member = known ?? addPending(state, { ...body, orgId: org.id, loginId: login.id });
    // Issued again: another key, and the former is no longer good.
    for (const [key, invite] of state.invites) if (invite.memberId === member.id) state.invites.delete(key);
    const id = state.options.ids.nextUuid('invite');
    state.invites.set(id, { id, orgId: org.id, memberId: member.id });
    const url = `http://${request.host}/invites/${id}?email=${encodeURIComponent(login.email)}`;
    if (sendEmail)
      state.options.inbox.send({
        medium: 'email',
        to: login.email,
        from: 'no-reply@northwind.example',
        subject: `You are invited to ${org.name}`,
        text: `Open ${url} to accept.`,
        code: id,
        vendor: 'enhance',
        at: state.now(),
      });
    return reply.code(201).type('application/json').send(JSON.stringify(url));
  });

  api.post<InvitePath>('/invites/:invite/validate', on('validateInvite'), async (request) => {
    const invite = state.invites.get(request.params.invite);
    const member = invite && memberOf(state, invite);
    if (!invite || !member) return { isValid: false };
    return {
      isValid: true,
      loginId: member.loginId,
      orgId: invite.orgId,
      orgName: state.orgs.get(invite.orgId)?.name ?? '',
      ...(member.roles[0] && { role: member.roles[0] }),
    };
  });

  api.post<InvitePath>('/invites/:invite', on('acceptInvite'), async (request, reply) => {
    const invite = state.invites.get(request.params.invite);
    const member = invite && memberOf(state, invite);
    const login = member && state.book.login(member.loginId);
    if (!invite || !member || !login) throw missing('invitation');
    const session = sessionOf(state, request);
    if (session?.state === 'active') {
      if (session.loginId !== login.id) throw forbidden('session');
    } else {
      const body = accepted.parse(request.body);
      if (body.email.toLowerCase() !== login.email.toLowerCase()) throw forbidden('email');
      if (login.pending) register(state, login, body);
      else if (body.password !== login.password) throw forbidden('password');
      openSession(state, request, reply, login, null);
    }
    member.isActive = true;
    member.joinedAt = state.now();
    state.invites.delete(invite.id);
    return reply.code(200).send();
  });
}

function memberOf(state: EnhanceState, invite: Invite): Member | null {
  return state.book.member(invite.memberId);
}

/** Who has this address in the organisation's realm; somebody new gets a pending login. */
function loginFor(state: EnhanceState, org: Org, { email, name }: { email: string; name: string }): Login {
  const realmId = org.parentId ?? org.id;
  const known = state.book.byEmail(realmId, email);
  if (known) return known;
  const login: Login = {
    id: state.options.ids.nextUuid('login'),
    ...{ realmId, email, name, password: '', pending: true },
    colorCode: '#5b7083',
    registeredAt: state.now(),
    passwordChangedAt: null,
    authMethod: 'basic',
    totpSecret: null,
    locale: org.locale,
    avatar: null,
  };
  state.book.add(login);
  return login;
}

type Pending = Pick<Member, 'orgId' | 'loginId' | 'roles' | 'siteAccesses' | 'notifications'>;

function addPending(
  state: EnhanceState,
  { orgId, loginId, roles, siteAccesses, notifications }: Pending,
): Member {
  const id = state.options.ids.nextUuid('member');
  const joinedAt = state.now();
  const member = { id, orgId, loginId, roles, siteAccesses, notifications, isActive: false, joinedAt };
  state.book.addMember(member);
  return member;
}

function register(state: EnhanceState, login: Login, body: z.infer<typeof accepted>): void {
  if (!body.password) throw invalid('password: missing');
  delete login.pending;
  login.password = body.password;
  login.registeredAt = state.now();
  login.locale = body.locale ?? login.locale;
  // The lists of logins have one more.
  state.book.add(login);
}
