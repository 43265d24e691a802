import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { invalid } from './answers.ts';
import { newPassword } from './rules.ts';
import type { EnhanceState } from './state.ts';
import type { Login } from './types.ts';

const RECOVERY_LIFE = 3_600_000;
const secretQuery = z.object({ secret: z.guid() });

/** A forgotten password: mail a secret, look at it, use it once. */
export function addRecoveryRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });

  // Always 200, also for unknown addresses and for who was invited and has not registered.
  api.put('/login/password-recovery', on('startPasswordRecovery'), async (request, reply) => {
    const { realmId } = z.object({ realmId: z.guid().optional() }).parse(request.query);
    const { email } = z.object({ email: z.email() }).parse(request.body);
    const login = state.find(email, realmId, request.hostname);
    if (login && !login.pending) mailSecret(state, login, `http://${request.host}`);
    return reply.code(200).send();
  });

  api.post('/login/password-recovery/validate', on('validatePasswordRecovery'), async (request) => {
    const login = loginOf(state, secretQuery.parse(request.query).secret);
    return { obfuscatedEmail: obfuscate(login.email) };
  });

  api.post('/login/password-recovery', on('finishPasswordRecovery'), async (request, reply) => {
    const { secret } = secretQuery.parse(request.query);
    const login = loginOf(state, secret);
    login.password = newPassword.parse(request.body).newPassword;
    login.passwordChangedAt = state.now();
    state.recoveries.delete(secret);
    return reply.code(200).send();
  });
}

function mailSecret(state: EnhanceState, login: Login, origin: string): void {
  const secret = state.options.ids.nextUuid('recovery');
  state.recoveries.set(secret, { loginId: login.id, until: state.now() + RECOVERY_LIFE });
  state.options.inbox.send({
    medium: 'email',
    to: login.email,
    from: 'no-reply@northwind.example',
    subject: 'Choose a new password',
    text: `Open ${origin}/recover-password?secret=${secret} within an hour.`,
    code: secret,
    vendor: 'enhance',
    at: state.now(),
  });
}

function loginOf(state: EnhanceState, secret: string): Login {
  const recovery = state.recoveries.get(secret);
  const login = recovery && recovery.until > state.now() ? state.book.login(recovery.loginId) : null;
  if (!login) throw invalid('secret: unknown or expired');
  return login;
}

function obfuscate(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return `${name.slice(0, 1)}${'*'.repeat(Math.max(1, name.length - 1))}@${domain}`;
}
