import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalid, missing } from './answers.ts';
import { scopedCallerOf } from './caller.ts';
import { listOf, pageOf } from './paging.ts';
import type { KoyebState } from './state.ts';
import type { Invitation } from './types.ts';
import { invitationView, statusOf } from './views.ts';

interface IdPath {
  Params: { id: string };
}

/** How long an invitation is good, ms; the vendor's is not public. */
const INVITATION_LIFE = 7 * 24 * 3_600_000;
const inviteBody = z.object({ email: z.email() });
const listQuery = z.object({ user_id: z.string().optional() });

/** Invitations into the organisation that the token acts in. */
export function addInvitationRoutes(api: FastifyInstance, state: KoyebState): void {
  const on = (operation: string) => ({ config: { operation } });

  const found = (request: FastifyRequest<IdPath>) => {
    const { organization } = scopedCallerOf(state, request);
    const invitation = state.invitations.get(request.params.id);
    if (invitation?.organizationId !== organization.id) throw missing('Invitation');
    return invitation;
  };

  function send(invitation: Invitation) {
    const organization = state.organizations.get(invitation.organizationId)?.name ?? '';
    const inviter = state.users.get(invitation.inviterId)?.name ?? 'Somebody';
    state.options.inbox.send({
      ...{ medium: 'email', to: invitation.email, from: 'hello@koyeb-practice.example' },
      subject: `Join ${organization}`,
      text: `${inviter} invites you to ${organization}. Use this id within a week: ${invitation.id}`,
      ...{ vendor: 'koyeb', at: state.now() },
    });
  }

  api.get('/v1/organization_invitations', on('listOrganizationInvitations'), async (request) => {
    const { user, organization } = scopedCallerOf(state, request);
    const statuses = listOf(request.query, 'statuses');
    const { user_id: of } = listQuery.parse(request.query);
    if (of && of !== user.id) throw invalid([{ field: 'user_id', description: 'only your own' }]);
    const all = [...state.invitations.values()]
      .filter((one) =>
        of ? one.email.toLowerCase() === user.email.toLowerCase() : one.organizationId === organization.id,
      )
      .filter((one) => statuses.length === 0 || statuses.includes(statusOf(state, one)));
    const page = pageOf(all, request.query, (one) => invitationView(state, one));
    return { invitations: page.items, limit: page.limit, offset: page.offset, count: page.count };
  });

  api.post('/v1/organization_invitations', on('createOrganizationInvitation'), async (request) => {
    const { user, organization } = scopedCallerOf(state, request);
    const { email } = inviteBody.parse(request.body);
    const known = state.userByEmail(email);
    if (known && state.membership(known.id, organization.id))
      throw invalid([{ field: 'email', description: 'is a member already' }]);
    const same = [...state.invitations.values()].some(
      (one) =>
        one.organizationId === organization.id &&
        one.email.toLowerCase() === email.toLowerCase() &&
        statusOf(state, one) === 'PENDING',
    );
    if (same) throw invalid([{ field: 'email', description: 'is invited already' }]);
    const invitation: Invitation = {
      ...{ id: state.options.ids.nextUuid('invitation'), email, status: 'PENDING' },
      ...{ organizationId: organization.id, inviterId: user.id },
      expiresAt: state.now() + INVITATION_LIFE,
    };
    state.invitations.set(invitation.id, invitation);
    send(invitation);
    return { invitation: invitationView(state, invitation) };
  });

  api.get<IdPath>('/v1/organization_invitations/:id', on('getOrganizationInvitation'), async (request) => ({
    invitation: invitationView(state, found(request)),
  }));

  api.delete<IdPath>(
    '/v1/organization_invitations/:id',
    on('deleteOrganizationInvitation'),
    async (request) => {
      state.invitations.delete(found(request).id);
      return {};
    },
  );

  api.post<IdPath>(
    '/v1/organization_invitations/:id/resend',
    on('resendOrganizationInvitation'),
    async (request) => {
      const invitation = found(request);
      z.object({}).parse(request.body);
      if (invitation.status !== 'PENDING')
        throw invalid([], 'failed_precondition', 'The invitation has been answered');
      invitation.expiresAt = state.now() + INVITATION_LIFE;
      send(invitation);
      return { invitation: invitationView(state, invitation) };
    },
  );
}
