import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { userView } from './auth-view.ts';
import { signedIn, signingIn } from './callers.ts';
import { forbidden, invalid, notFound } from './faults.ts';
import { chosenFields, listOf } from './fields.ts';
import type { Caller, Medium, Network, PasswordType, User } from './model.ts';
import { refuseBrokenGateway } from './otp.ts';
import type { Query } from './paging.ts';
import { mediumsOf, typeInput } from './password-input.ts';
import {
  checkPassword,
  passwordOf,
  policyFault,
  setPassword,
  statusOf,
  typesFor,
  unblock,
} from './passwords.ts';
import { userOfPath } from './principals.ts';
import { sendGenerated } from './recovery.ts';
import { reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { type Place, passwordType } from './state.ts';

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
interface OfPassword {
  Params: { user: string; type: string };
}

/** Passwords of oneself and of others: look, change, unblock, disable, enable, reset and send. */
export function addPasswordRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;
  const now = () => state.clock.now();

  const rows = (user: User) =>
    typesFor(network, user).map((type) => {
      const password = passwordOf(user, type.internalName);
      return {
        ...(password.date ? { date: new Date(password.date).toISOString() } : {}),
        status: statusOf(password, now()),
        type: typeRef(type),
      };
    });

  api.get<OfUser>('/:user/passwords', { config: { operation: 'listUserPasswords' } }, async (request) => {
    const caller = signedIn(place, request);
    const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
    return chosenFields(rows(user), listOf((request.query as Query).fields));
  });

  api.get<OfUser>(
    '/:user/passwords/list-data',
    { config: { operation: 'getUserPasswordsListData' } },
    async (request) => {
      const caller = signingIn(place, request, 'password');
      const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
      const self = user.id === caller.user.id;
      return {
        user: userView(place, user),
        passwords: rows(user).map((row) => ({
          ...row,
          permissions: permissions(passwordType(network, row.type.id), row.status, self),
          requireOldPasswordForChange: self,
          history: row.date ? [{ date: row.date, status: row.status }] : [],
        })),
        ...(state.generation === '4.16' && user.totp ? { totpSecret: { status: user.totp.status } } : {}),
        sendMediums: mediumsOf(user),
        confirmationPasswordInput: typeInput(
          passwordType(network, network.accessPassword),
          caller.user,
          place,
        ),
      };
    },
  );

  const act = (path: string, operation: string, work: (user: User, type: PasswordType) => void) =>
    api.post<OfPassword>(
      `/:user/passwords/:type/${path}`,
      { config: { operation } },
      async (request, reply) => {
        const caller = signedIn(place, request);
        const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
        if (user.id === caller.user.id && path !== 'disable') throw forbidden('permissionDenied');
        work(user, typeOfPath(network, request.params.type));
        return empty(reply, 204);
      },
    );

  act('unblock', 'unblockPassword', (user, type) => {
    const password = passwordOf(user, type.internalName);
    const status = statusOf(password, now());
    if (status !== 'temporarilyBlocked' && status !== 'indefinitelyBlocked') throw forbidden('illegalAction');
    unblock(password);
  });
  act('disable', 'disablePassword', (user, type) => {
    const password = passwordOf(user, type.internalName);
    if (statusOf(password, now()) === 'disabled') throw forbidden('illegalAction');
    password.status = 'disabled';
  });
  act('enable', 'enablePassword', (user, type) => {
    const password = passwordOf(user, type.internalName);
    if (password.status !== 'disabled') throw forbidden('illegalAction');
    unblock(password);
  });

  api.post<OfPassword>(
    '/:user/passwords/:type/reset-and-send',
    { config: { operation: 'resetAndSendPassword' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
      if (user.id === caller.user.id) throw forbidden('permissionDenied');
      const type = typeOfPath(network, request.params.type);
      const mediums = mediumsFor(user, listOf((request.query as Query).sendMediums));
      for (const medium of mediums)
        refuseBrokenGateway(place, medium, (medium === 'email' ? user.email : user.phone)!);
      // Whoever receives it has to change it at the next sign-in.
      setPassword(passwordOf(user, type.internalName), sendGenerated(place, user, mediums), 'expired', now());
      return empty(reply, 204);
    },
  );

  api.post<OfPassword>(
    '/:user/passwords/:type/change',
    { config: { operation: 'changePassword' } },
    async (request, reply) => changePassword(place, request, reply),
  );
}

function changePassword({ state, network }: Place, request: FastifyRequest<OfPassword>, reply: FastifyReply) {
  const place = { state, network };
  const caller: Caller = signingIn(place, request, 'password');
  const type = typeOfPath(network, request.params.type);
  const user = userOfPath(place, request.params.user, caller.user);
  const self = user.id === caller.user.id;
  if (!self) reachedUser(place, signedIn(place, request), request.params.user, 'passwords.manage');
  const body = changeBody.safeParse(request.body);
  if (!body.success) throw invalid({ newPassword: 'New password is required' });
  const { oldPassword, newPassword, checkConfirmation, newPasswordConfirmation, forceChange } = body.data;
  const password = passwordOf(user, type.internalName);
  if (self && password.status !== 'neverCreated') {
    if (!oldPassword) throw invalid({ oldPassword: 'Current password is required' });
    checkPassword(place, user, type.internalName, (stored) => stored === oldPassword);
  }
  const fault = policyFault(type, newPassword, password.value);
  if (fault) throw invalid({ newPassword: fault });
  if (checkConfirmation && newPasswordConfirmation !== newPassword) {
    throw invalid({ newPasswordConfirmation: 'The passwords differ' });
  }
  setPassword(password, newPassword, forceChange && !self ? 'expired' : 'active', state.clock.now());
  return empty(reply, 204);
}

const typeRef = ({ id, name, internalName, mode }: PasswordType) => ({
  id,
  name,
  internalName,
  mode,
  global: false,
});

function typeOfPath(network: Network, text: string): PasswordType {
  const type = network.passwordTypes.find((each) => each.id === text || each.internalName === text);
  if (!type) throw notFound('PasswordType', text);
  return type;
}

function mediumsFor(user: User, wanted: string[]): Medium[] {
  const mediums = mediumsOf(user).filter((medium) => wanted.length === 0 || wanted.includes(medium));
  if (mediums.length === 0) throw invalid({ sendMediums: 'There is no such way to reach this person' });
  return wanted.length === 0 ? ['email'] : mediums;
}

function permissions(type: PasswordType, status: string, self: boolean) {
  const blocked = status === 'temporarilyBlocked' || status === 'indefinitelyBlocked';
  return {
    changeManual: type.mode === 'manual',
    changeGenerated: type.mode === 'generated',
    unblock: !self && blocked,
    disable: status !== 'disabled',
    enable: !self && status === 'disabled',
    resetAndSend: !self && type.mode !== 'otp',
  };
}
