import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, missing } from './answers.ts';
import { ADMINS, callerOf, needRole } from './caller.ts';
import { password, roles } from './rules.ts';
import { openSession } from './sessions.ts';
import type { EnhanceState } from './state.ts';
import type { Login } from './types.ts';

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

/** Invitations: make one, look at it, accept it. */
export function addInviteRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.post<OrgPath>('/orgs/:org/invites', on('createInvite'), async (request, reply) => {
    const caller = callerOf(state, request);
    const org = state.orgs.get(request.params.org);
    if (!org) throw missing('organisation');
    needRole(state, caller, org.id, ADMINS);
    const { sendEmail, ...body } = wanted.parse(request.body);
    const id = state.options.ids.nextUuid('invite');
    state.invites.set(id, { id, orgId: org.id, ...body });
    const url = `http://${request.host}/invite/${id}`;
    if (sendEmail)
      state.options.inbox.send({
        medium: 'email',
        to: body.email,
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
    if (!invite) return { isValid: false };
    const org = state.orgs.get(invite.orgId);
    const login = state.book.byEmail(org?.parentId ?? invite.orgId, invite.email);
    return {
      isValid: true,
      ...(login && { loginId: login.id }),
      orgId: invite.orgId,
      orgName: org?.name ?? '',
      ...(invite.roles[0] && { role: invite.roles[0] }),
    };
  });

  api.post<InvitePath>('/invites/:invite', on('acceptInvite'), async (request, reply) => {
    const invite = state.invites.get(request.params.invite);
    const org = invite && state.orgs.get(invite.orgId);
    if (!invite || !org) throw missing('invitation');
    const body = accepted.parse(request.body);
    if (body.email.toLowerCase() !== invite.email.toLowerCase()) throw forbidden('email');
    const realmId = org.parentId ?? org.id;
    const login = state.book.byEmail(realmId, body.email) ?? register(state, realmId, invite.name, body);
    state.invites.delete(invite.id);
    state.book.addMember({
      id: state.options.ids.nextUuid('member'),
      ...{ loginId: login.id, orgId: org.id, roles: invite.roles, isActive: true },
      siteAccesses: invite.siteAccesses,
      notifications: invite.notifications,
      joinedAt: state.now(),
    });
    openSession(state, request, reply, login, null);
    return reply.code(200).send();
  });
}

function register(state: EnhanceState, realmId: string, name: string, body: z.infer<typeof accepted>): Login {
  if (!body.password) throw invalid('password: missing');
  const login: Login = {
    id: state.options.ids.nextUuid('login'),
    ...{ realmId, email: body.email, name, password: body.password },
    colorCode: '#5b7083',
    registeredAt: state.now(),
    passwordChangedAt: null,
    authMethod: 'basic',
    totpSecret: null,
    locale: body.locale ?? 'en',
    avatar: null,
  };
  state.book.add(login);
  return login;
}
