import type { Action, PersonPage } from '#contract/admin.ts';
import type { ActionInput, ActionResult, OwnLogin } from '../../admin.ts';
import {
  actionOf,
  facts,
  needPassword,
  orFailure,
  orNull,
  passwordField,
  splitAction,
  withFieldNames,
} from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../client.ts';
import { act as actOnPerson, newPasswordNames } from './act.ts';
import * as actions from './actions.ts';
import { type Desk, deskOf } from './desk.ts';
import type { Password } from './models.ts';
import { factsOf } from './person.ts';
import { sessionsOf } from './sessions.ts';
import { devicesTable, passwordsTable, sessionsTable } from './tables.ts';

const idOfCaller = ({ auth }: Desk) => auth.user?.id ?? 'self';

function changeOwn(one: Password): Action {
  return actionOf(
    `change-own-password:${actions.passwordType(one)}`,
    `Change “${actions.passwordName(one)}”`,
    {
      special: 'password',
      fields: [
        ...(one.requireOldPasswordForChange === false
          ? []
          : [passwordField('oldPassword', 'Current password')]),
        passwordField('password', 'New password'),
      ],
    },
  );
}

const disconnectClient = actionOf('disconnect-client', 'Disconnect this access client', {
  danger: true,
  fields: [passwordField('confirmation', 'Password of its owner', { required: false })],
  confirm: 'Its token stops working everywhere, and it has to be activated again in Cyclos.',
});

async function page(context: VendorContext, secret: Json): Promise<PersonPage> {
  const desk = await deskOf(context, secret);
  const { admin, auth } = desk;
  const self = idOfCaller(desk);
  const [view, passwords] = await Promise.all([
    orNull(admin.viewUser(self)),
    orFailure(admin.getPasswords(self)),
  ]);
  const rows = passwords.value ? { value: passwords.value.passwords } : { failed: passwords.failed ?? '' };
  const login: PersonPage = {
    id: self,
    name: view?.display ?? auth.user?.display ?? auth.accessClient?.name ?? 'Cyclos user',
    ...(view?.username ? { detail: view.username } : {}),
    facts: [
      ...(view ? factsOf(view) : []),
      ...facts([
        ['Signed in as', auth.principal],
        ['By', auth.principalType?.name],
        ['Access client', auth.accessClient?.name],
      ]),
    ],
    tables: [passwordsTable(self, rows, (one) => (one.permissions?.changeManual ? [changeOwn(one)] : []))],
    actions: desk.access.kind === 'access-client' ? [disconnectClient] : [],
  };
  if (desk.generation === '4.11' || !view) return login;
  const [devices, sessions, authenticator] = await Promise.all([
    orFailure(admin.listDevices(self)),
    orFailure(sessionsOf(desk, self)),
    orFailure(admin.viewTotpSecret(self)),
  ]);
  const own = passwords.value ?? null;
  const totp = authenticator.value?.status;
  return {
    ...login,
    facts: [...login.facts, ...facts([['Authenticator app', authenticator.failed ?? totp ?? 'not set up']])],
    tables: [
      ...login.tables,
      devicesTable(self, devices, (one) => actions.removeDevice(one, own)),
      // Everybody may end sessions of their own.
      sessionsTable(self, sessions, actionOf('end-session', 'Disconnect')),
    ],
    actions: [...login.actions, ...(totp ? [actions.removeAuthenticator(own)] : [])],
  };
}

async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  const desk = await deskOf(context, secret);
  const { verb, object: type } = splitAction(input.action);
  if (verb === 'disconnect-client') {
    await cyclosClient(context.http, desk.access).disconnectCurrentClient(
      input.values.confirmation || undefined,
    );
    return { message: 'The access client is disconnected; its token is no longer good.' };
  }
  if (verb !== 'change-own-password')
    return actOnPerson(context, secret, { ...input, target: input.target ?? idOfCaller(desk) });
  const { oldPassword } = input.values;
  const change = desk.session.changePassword({
    user: 'self',
    type,
    newPassword: needPassword(input.values, 'password'),
    ...(oldPassword ? { oldPassword } : {}),
  });
  await withFieldNames(newPasswordNames, change);
  return {
    message:
      'Your password is changed. If it is the one that the account form holds, store the new one there too.',
  };
}

export const ownLogin: OwnLogin = { page, act };
