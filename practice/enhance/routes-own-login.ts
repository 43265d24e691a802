import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid } from './answers.ts';
import { avatarType, MOST_AVATAR_BYTES } from './avatar.ts';
import { callerOf } from './caller.ts';
import { beginChange } from './mfa-change.ts';
import { password } from './rules.ts';
import type { EnhanceState } from './state.ts';
import { loginView, membershipsView } from './views.ts';

const update = z.object({
  name: z.string().min(1).optional(),
  email: z.email().optional(),
  password: password.optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?$/)
    .optional(),
  authMethod: z.enum(['basic', 'email', 'otp']).optional(),
  currentPassword: z.string().optional(),
});

/** The caller's own login: who am I, where, change it, its picture. */
export function addOwnLoginRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.get('/login', on('getLogin'), async (request) => loginView(callerOf(state, request).login));

  api.get('/login/memberships', on('getLoginMemberships'), async (request) => {
    const { login, token } = callerOf(state, request);
    const members = state.book.membershipsOf(login.id);
    if (!token) return membershipsView(state, members);
    const own = members.filter((member) => member.orgId === token.orgId);
    return membershipsView(
      state,
      own.map((member) => ({ ...member, roles: token.roles })),
    );
  });

  api.patch('/login', on('updateLoginInfo'), async (request) => {
    const { login, session } = callerOf(state, request);
    const change = update.parse(request.body ?? {});
    if (change.email !== undefined || change.password !== undefined) {
      if (change.currentPassword !== login.password) throw forbidden('currentPassword');
    }
    // 409 is not among the statuses that the vendor lists for this operation.
    if (change.email !== undefined && change.email.toLowerCase() !== login.email.toLowerCase()) {
      if (state.book.byEmail(login.realmId, change.email)) throw invalid('email: already in this realm');
    }
    const switched =
      change.authMethod === undefined || !session
        ? {}
        : beginChange(state, session, login, change.authMethod);
    state.book.rename(login, {
      name: change.name ?? login.name,
      email: change.email ?? login.email,
    });
    if (change.locale !== undefined) login.locale = change.locale;
    if (change.password !== undefined) {
      login.password = change.password;
      login.passwordChangedAt = state.now();
    }
    return switched;
  });

  api.put('/login/avatar', on('setLoginAvatar'), async (request, reply) => {
    const { login } = callerOf(state, request);
    if (!request.isMultipart()) throw invalid('avatar: multipart/form-data is due');
    const part = await request.file({ limits: { fileSize: MOST_AVATAR_BYTES, files: 1 } });
    if (part?.fieldname !== 'avatar') throw invalid('avatar: missing');
    const bytes = await part.toBuffer();
    if (request.seen)
      request.seen.body = { avatar: { filename: part.filename, type: part.mimetype, size: bytes.length } };
    if (part.file.truncated) throw invalid('avatar: larger than 200 KiB');
    const type = avatarType(bytes);
    if (!type) throw invalid('avatar: not a jpeg, png or ico');
    login.avatar = { type, bytes };
    return reply.code(200).send();
  });

  api.delete('/login/avatar', on('deleteLoginAvatar'), async (request, reply) => {
    callerOf(state, request).login.avatar = null;
    return reply.code(204).send();
  });
}
