import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalid, missing } from './answers.ts';
import { callerOf, scopedCallerOf, workingCallerOf } from './caller.ts';
import { listOf, pageOf } from './paging.ts';
import type { KoyebState } from './state.ts';
import type { User } from './types.ts';
import { activityView, loginReply, organizationView, userView } from './views.ts';

/** An id out of a mail is good for an hour. */
const MAIL_LIFE = 3_600_000;
const emailBody = z.object({ email: z.email() });

/** The person: profile, organisations, settings, activities, a forgotten password. */
export function addAccountRoutes(api: FastifyInstance, state: KoyebState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.get('/v1/account/profile', on('getCurrentUser'), async (request) => ({
    user: userView(workingCallerOf(state, request).user),
  }));

  api.get('/v1/account/organization', on('getCurrentOrganization'), async (request) => ({
    organization: organizationView(scopedCallerOf(state, request).organization),
  }));

  api.get('/v1/account/organizations', on('listUserOrganizations'), async (request) => {
    const { user } = callerOf(state, request);
    const query = z
      .object({ order: z.string().optional(), search: z.string().optional() })
      .parse(request.query);
    const statuses = listOf(request.query, 'statuses');
    const found = state
      .organizationsOf(user.id)
      .filter((organization) => statuses.length === 0 || statuses.includes(organization.status))
      .filter((organization) => organization.name.toLowerCase().includes((query.search ?? '').toLowerCase()));
    if (query.order === 'desc') found.reverse();
    const page = pageOf(found, request.query, organizationView);
    return { organizations: page.items, limit: page.limit, offset: page.offset, has_next: page.hasNext };
  });

  api.get('/v1/account/settings', on('getUserSettings'), async (request) => {
    const { user } = workingCallerOf(state, request);
    return {
      settings: {
        id: state.options.ids.uuid(`settings/${user.id}`),
        user_id: user.id,
        failed_deployment_email_notification: state.failedNotifications.get(user.id) ?? true,
      },
    };
  });

  api.get('/v1/account/activities', on('listAccountActivities'), async (request) => {
    const { user } = workingCallerOf(state, request);
    const own = state.activities.filter((activity) => activity.userId === user.id);
    const page = pageOf(own, request.query, (activity) => activityView(state, activity));
    return { activities: page.items, limit: page.limit, offset: page.offset, has_next: page.hasNext };
  });

  api.get('/v1/activities', on('listActivities'), async (request) => {
    const { organization } = scopedCallerOf(state, request);
    const types = listOf(request.query, 'types');
    const found = state.activities.filter(
      (activity) =>
        activity.organizationId === organization.id &&
        (types.length === 0 || types.includes(activity.object.type)),
    );
    const page = pageOf(found, request.query, (activity) => activityView(state, activity));
    return { activities: page.items, limit: page.limit, offset: page.offset, has_next: page.hasNext };
  });

  api.get('/v1/account/login_method', on('getLoginMethod'), async (request) => {
    const { email } = emailBody.parse(request.query);
    return { method: state.userByEmail(email)?.method ?? 'KOYEB' };
  });

  // Answers the same for unknown people.
  api.post('/v1/account/reset_password', on('resetPassword'), async (request) => {
    const { email } = emailBody.parse(request.body);
    const user = state.userByEmail(email);
    if (user?.method === 'KOYEB') mail(state, user, 'password', 'Reset your password');
    return {};
  });

  api.post('/v1/account/update_password', on('updatePassword'), async (request) => {
    const body = z.object({ id: z.string(), password: z.string().min(8) }).parse(request.body);
    const user = takeMailed(state, body.id, 'password');
    if (!user) throw invalid([{ field: 'id', description: 'unknown or expired' }]);
    user.password = body.password;
    return signIn(user, request.headers['user-agent']);
  });

  api.post('/v1/account/resend_validation', on('resendEmailValidation'), async (request) => {
    const { user } = callerOf(state, request);
    if (!user.validated) mail(state, user, 'validation', 'Confirm your e-mail address');
    return {};
  });

  api.post<{ Params: { id: string } }>('/v1/account/validate/:id', on('validate'), async (request) => {
    const user = takeMailed(state, request.params.id, 'validation');
    if (!user) throw missing('Validation');
    user.validated = true;
    return signIn(user, request.headers['user-agent']);
  });

  function signIn(user: User, userAgent: string | undefined) {
    const organizationId = state.organizationsOf(user.id)[0]?.id ?? null;
    return loginReply(state.issue(user.id, organizationId, 'session', userAgent));
  }
}

function mail(state: KoyebState, user: User, of: 'password' | 'validation', subject: string): void {
  const id = state.options.ids.nextUuid('mail');
  state.mailed.set(id, { userId: user.id, of, until: state.now() + MAIL_LIFE });
  state.options.inbox.send({
    ...{ medium: 'email', to: user.email, from: 'hello@koyeb-practice.example', subject, code: id },
    text: `Use this id within an hour: ${id}`,
    ...{ vendor: 'koyeb', at: state.now() },
  });
}

function takeMailed(state: KoyebState, id: string, of: 'password' | 'validation'): User | null {
  const mailed = state.mailed.get(id);
  if (mailed?.of !== of || mailed.until <= state.now()) return null;
  state.mailed.delete(id);
  return state.users.get(mailed.userId) ?? null;
}
