import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { passwordTypeView, userView } from './auth-view.ts';
import { signedIn, signingIn } from './callers.ts';
import { forbidden, invalid, notFound } from './faults.ts';
import type { Caller } from './model.ts';
import {
  mediums,
  type Network,
  type Password,
  type PasswordAction,
  type PasswordType,
  type User,
} from './model.ts';
import { mayGenerate, maySend, passwordActions, requiresOld } from './password-actions.ts';
import { confirmationInput, describe, detailedType } from './password-input.ts';
import {
  checkPassword,
  passwordOf,
  policyFault,
  record,
  setPassword,
  statusOf,
  typesFor,
  unblock,
} from './passwords.ts';
import { userOfPath } from './principals.ts';
import { knownIn, type Query } from './query.ts';
import { mediumsOf } from './reach.ts';
import { sendGenerated } from './recovery.ts';
import { reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { checkConfirmation } from './second-factor.ts';
import { type Place, userById } from './state.ts';
import { totpView } from './totp.ts';

const changeBody = z.object({
  oldPassword: z.string().nullish(),
  newPassword: z.string(),
  checkConfirmation: z.boolean().nullish(),
  newPasswordConfirmation: z.string().nullish(),
  forceChange: z.boolean().nullish(),
});

interface OfUser {
  Params: { user: string };
}
interface OfType {
  Params: { type: string };
}
interface OfPassword {
  Params: { user: string; type: string };
}

/** Passwords of oneself and of others: look, change, unblock, disable, enable, reset, generate and send. */
export function addPasswordRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;
  const now = () => state.clock.now();

  const statusView = (user: User, type: PasswordType) => {
    const password = passwordOf(user, type.internalName);
    return {
      ...(password.date ? { date: new Date(password.date).toISOString() } : {}),
      status: statusOf(password, now()),
    };
  };

  const actionsView = (caller: Caller, user: User, type: PasswordType) => ({
    ...statusView(user, type),
    type: typeView(place, type),
    permissions: passwordActions(place, caller, user, type),
    requireOldPasswordForChange: requiresOld(user, caller, statusView(user, type).status),
    ...(state.generation === '4.16'
      ? {
          history: passwordOf(user, type.internalName).log.map(({ by, action, at }) => ({
            ...(by ? { by: userView(place, userById(place, by) ?? user) } : {}),
            action,
            date: new Date(at).toISOString(),
          })),
        }
      : {}),
  });

  api.get<OfUser>('/:user/passwords', { config: { operation: 'listUserPasswords' } }, async (request) => {
    const caller = signedIn(place, request);
    const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
    return typesFor(network, user).map((type) => ({
      ...statusView(user, type),
      type: state.generation === '4.11' ? referenceOf(type) : detailedType(type),
    }));
  });

  api.get<OfPassword>(
    '/:user/passwords/:type',
    { config: { operation: 'getUserPasswordsData' } },
    async (request) => {
      const caller = signingIn(place, request, 'password');
      const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
      return actionsView(caller, user, typeOfPath(network, request.params.type));
    },
  );

  api.get<OfUser>(
    '/:user/passwords/list-data',
    { config: { operation: 'getUserPasswordsListData' } },
    async (request) => {
      const caller = signingIn(place, request, 'password');
      const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
      return {
        passwords: typesFor(network, user).map((type) => actionsView(caller, user, type)),
        confirmationPasswordInput: confirmationInput(place, caller),
        ...(state.generation === '4.16'
          ? {
              user: userView(place, user),
              ...(caller.user.id === user.id && !user.securityQuestion
                ? { dataForSetSecurityAnswer: { securityQuestions: network.securityQuestions } }
                : {}),
              totpSecret: totpView(place, caller, user),
              sendMediums: mediumsOf(user),
            }
          : {}),
      };
    },
  );

  /** An action of a manager on somebody else's password; `work` throws 403 where the password is not in the state for it. */
  const act = (
    path: string,
    operation: string,
    action: PasswordAction,
    work: (password: Password, type: PasswordType, user: User, query: Query) => void,
  ) =>
    api.post<OfPassword>(
      `/:user/passwords/:type/${path}`,
      { config: { operation } },
      async (request, reply) => {
        const caller = signedIn(place, request);
        const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
        if (user.id === caller.user.id && action !== 'disable') throw forbidden('permissionDenied');
        const type = typeOfPath(network, request.params.type);
        const password = passwordOf(user, type.internalName);
        statusOf(password, now());
        work(password, type, user, request.query as Query);
        record(place, password, caller.user, action);
        return empty(reply, 204);
      },
    );
  const onlyIf = (condition: boolean) => {
    if (!condition) throw forbidden('illegalAction');
  };

  act('unblock', 'unblockPassword', 'unblock', (password) => {
    onlyIf(password.status === 'temporarilyBlocked' || password.status === 'indefinitelyBlocked');
    unblock(password);
  });
  act('disable', 'disablePassword', 'disable', (password) => {
    onlyIf(password.status !== 'disabled');
    password.status = 'disabled';
  });
  act('enable', 'enablePassword', 'enable', (password) => {
    onlyIf(password.status === 'disabled');
    unblock(password);
  });
  act('allow-generation', 'allowGeneration', 'allow_activation', (password, type) => {
    onlyIf(type.mode === 'generated' && type.needsPermission && password.status === 'neverCreated');
    setPassword(password, '', 'pending', now());
  });
  act('reset-generated', 'resetGeneratedPassword', 'reset', (password, type) => {
    onlyIf(type.mode === 'generated' && password.status !== 'neverCreated');
    setPassword(password, '', 'pending', now());
  });
  act('reset-and-send', 'resetAndSendPassword', 'resetAndSend', (password, type, user, query) => {
    onlyIf(maySend(network, type));
    const asked = knownIn(place, query, 'sendMediums', mediums);
    onlyIf(asked.every((medium) => mediumsOf(user).includes(medium)));
    // Whoever receives it has to change it at the next sign-in.
    const value = sendGenerated(place, user, asked.length > 0 ? asked : mediumsOf(user));
    setPassword(password, value, 'expired', now());
  });

  api.post<OfPassword>(
    '/:user/passwords/:type/change',
    { config: { operation: 'changePassword' } },
    async (request, reply) => changePassword(place, request, reply),
  );

  /** The owner has the server make a value; it is told this one time. */
  const generate = (caller: Caller, type: PasswordType, action: PasswordAction, reply: FastifyReply) => {
    // 4.11 has it in either type, by what is asked for.
    const accept = reply.request.headers.accept ?? '';
    const isJson =
      state.generation === '4.11' && accept.includes('application/json') && !accept.includes('text/plain');
    const value = state.ids.nextToken('cyclos password', type.maxLength);
    const password = passwordOf(caller.user, type.internalName);
    setPassword(password, value, 'active', now());
    record(place, password, caller.user, action);
    if (isJson) return reply.type('application/json; charset=utf-8').send(JSON.stringify(value));
    return reply.type('text/plain; charset=utf-8').send(value);
  };

  api.post<OfType>(
    '/passwords/:type/generate',
    { config: { operation: 'generatePassword' } },
    async (request, reply) => {
      const caller = signingIn(place, request, 'password');
      const type = typeOfPath(network, request.params.type);
      const status = statusOf(passwordOf(caller.user, type.internalName), now());
      onlyIf(mayGenerate(type, status));
      return generate(caller, type, 'activate', reply);
    },
  );

  api.post<OfType>(
    '/passwords/:type/change-generated',
    { config: { operation: 'changeGenerated' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const type = typeOfPath(network, request.params.type);
      onlyIf(
        type.mode === 'generated' && statusOf(passwordOf(caller.user, type.internalName), now()) === 'active',
      );
      checkConfirmation(place, caller, request.headers.confirmationpassword);
      return generate(caller, type, 'change', reply);
    },
  );
}

function changePassword(place: Place, request: FastifyRequest<OfPassword>, reply: FastifyReply) {
  const { state, network } = place;
  const caller: Caller = signingIn(place, request, 'password');
  const type = typeOfPath(network, request.params.type);
  const user = userOfPath(place, request.params.user, caller.user);
  const self = user.id === caller.user.id;
  if (!self) reachedUser(place, signedIn(place, request), request.params.user, 'passwords.manage');
  if (type.mode !== 'manual') throw forbidden('illegalAction');
  const body = changeBody.safeParse(request.body);
  if (!body.success) throw invalid({ newPassword: 'New password is required' });
  const {
    oldPassword,
    newPassword,
    checkConfirmation: twice,
    newPasswordConfirmation,
    forceChange,
  } = body.data;
  const password = passwordOf(user, type.internalName);
  if (self && (oldPassword || requiresOld(user, caller, statusOf(password, state.clock.now())))) {
    if (!oldPassword) throw invalid({ oldPassword: 'Current password is required' });
    checkPassword(place, user, type.internalName, (stored) => stored === oldPassword);
  }
  const fault = policyFault(type, newPassword, password.value);
  if (fault) throw invalid({ newPassword: fault });
  if (twice && newPasswordConfirmation !== newPassword) {
    throw invalid({ newPasswordConfirmation: 'The passwords differ' });
  }
  setPassword(password, newPassword, forceChange && !self ? 'expired' : 'active', state.clock.now());
  record(place, password, caller.user, 'change');
  return empty(reply, 204);
}

const referenceOf = ({ id, name, internalName }: PasswordType) => ({ id, name, internalName });

/** PasswordTypeDetailed (4.16), PasswordTypeWithDescription (4.11). */
const typeView = (place: Place, type: PasswordType) =>
  place.state.generation === '4.16'
    ? detailedType(type)
    : { ...passwordTypeView(type), description: describe(type) };

function typeOfPath(network: Network, text: string): PasswordType {
  const type = network.passwordTypes.find((each) => each.id === text || each.internalName === text);
  if (!type) throw notFound('PasswordType', text);
  return type;
}
