import type { PersonPage } from '#contract/admin.ts';
import type { OwnLogin } from '../../admin.ts';
import { offered } from '../../kit/actions.ts';
import { facts } from '../../kit/display.ts';
import { nullIfRefused, orFailure } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { sessionsOf } from '../session/remote.ts';
import { actOnOwnLogin, disconnectClient, idOfCaller } from './actions.ts';
import { authenticatorActions, removeAuthenticator } from './authenticator-actions.ts';
import { adminContext } from './context.ts';
import { ownPasswordActions } from './own-password-actions.ts';
import { factsOf } from './person.ts';
import * as actions from './person-actions.ts';
import { setSecurityAnswer } from './security-answer.ts';
import { clientTypesTable, devicesTable, passwordsTable, providersTable, sessionsTable } from './tables.ts';
import { authenticatorWords } from './words.ts';

async function page(context: VendorContext, secret: Json): Promise<PersonPage> {
  const admin = await adminContext(context, secret);
  const { auth, client } = admin;
  const self = idOfCaller(admin);
  const [view, passwords, clientTypes] = await Promise.all([
    nullIfRefused(client.users.viewUser(self)),
    orFailure(client.passwords.getPasswords(self)),
    orFailure(client.clients.listClientTypes(self)),
  ]);
  const caller = passwords.value ?? null;
  const rows = passwords.value ? { value: passwords.value.passwords } : { failed: passwords.failed ?? '' };
  const login: PersonPage = {
    id: self,
    name: view?.display ?? auth.user?.display ?? auth.accessClient?.name ?? 'Cyclos user',
    ...(view?.username ? { detail: view.username } : {}),
    ...(view?.email ? { email: view.email } : {}),
    ...(view?.id ? { vendorId: view.id } : {}),
    facts: [
      ...(view ? factsOf(view) : []),
      ...facts([
        ['Signed in as', auth.principal],
        ['By', auth.principalType?.name],
        ['Access client', auth.accessClient?.name],
      ]),
    ],
    tables: [
      passwordsTable(self, rows, (password) => offered(ownPasswordActions, { password, caller })),
      clientTypesTable(self, clientTypes),
    ],
    actions: offered([disconnectClient], admin),
  };
  if (admin.generation === '4.11' || !view) return login;
  const hasProviders = auth.permissions?.identityProviders?.enabled;
  const [devices, sessions, authenticator, providers] = await Promise.all([
    orFailure(client.users.listDevices(self)),
    orFailure(sessionsOf(client, self)),
    orFailure(client.users.viewTotpSecret(self)),
    hasProviders ? orFailure(client.users.listIdentityProviders(self)) : null,
  ]);
  const totp = authenticator.value;
  return {
    ...login,
    facts: [
      ...login.facts,
      ...facts([['Authenticator app', authenticator.failed ?? authenticatorWords(totp?.status)]]),
    ],
    tables: [
      ...login.tables,
      devicesTable(self, devices, (device) => offered([actions.removeDevice], { device, caller })),
      ...(providers ? [providersTable(self, providers)] : []),
      sessionsTable(self, sessions, actions.endSession.offer({ view, isOwn: true })),
    ],
    actions: [
      ...login.actions,
      ...offered([...authenticatorActions, removeAuthenticator], { caller, totp }),
      ...offered([setSecurityAnswer], { caller }),
    ],
  };
}

export const ownLogin: OwnLogin = { page, act: actOnOwnLogin };
