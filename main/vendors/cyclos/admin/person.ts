import type { PersonPage } from '#contract/admin.ts';
import { offered } from '../../kit/actions.ts';
import { facts, isoTime, yesOrNo } from '../../kit/display.ts';
import { orFailure } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { UserView } from '../api/models.ts';
import { sessionsOf } from '../session/remote.ts';
import { accessPasswordType, isOfType } from './access-password.ts';
import { adminContext } from './context.ts';
import { passwordActions, resetPassword } from './password-actions.ts';
import * as actions from './person-actions.ts';
import {
  agreementsTable,
  alertsTable,
  clientTypesTable,
  devicesTable,
  passwordsTable,
  providersTable,
  sessionsTable,
  statusTable,
} from './tables.ts';
import { authenticatorWords, userStatusWords } from './words.ts';

const mostAlerts = 20;

/** All that the session's rights show of a person. What 4.11 lacks is left out, and said. */
export async function person(context: VendorContext, secret: Json, personId: string): Promise<PersonPage> {
  const { auth, client, generation } = await adminContext(context, secret);
  const { users, passwords: passwordApi } = client;
  const [view, passwords, accessType, clientTypes] = await Promise.all([
    users.viewUser(personId),
    orFailure(passwordApi.getPasswords(personId)),
    orFailure(accessPasswordType(context)),
    orFailure(client.clients.listClientTypes(personId)),
  ]);
  const data = passwords.value;
  const rows = data ? { value: data.passwords } : { failed: passwords.failed ?? '' };
  const page: PersonPage = {
    id: personId,
    name: view.display ?? view.name ?? personId,
    ...(view.username ? { detail: view.username } : {}),
    ...(view.email ? { email: view.email } : {}),
    vendorId: personId,
    facts: factsOf(view),
    tables: [
      passwordsTable(personId, rows, (password) =>
        offered(passwordActions, { password, mediums: data?.sendMediums ?? null }),
      ),
    ],
    actions: (data?.passwords ?? [])
      .filter((password) => accessType.value && isOfType(password, accessType.value))
      .flatMap((password) => offered([resetPassword], { password, mediums: null })),
  };
  if (generation === '4.11') {
    const value =
      'Status history, sessions, trusted devices, authenticator, security answer, identity providers, agreements and alerts need a newer Cyclos.';
    return {
      ...page,
      facts: [...page.facts, { label: 'Not offered here', value }],
      tables: [...page.tables, clientTypesTable(personId, clientTypes)],
    };
  }
  // Where the network has none, there is nothing to be told.
  const hasProviders =
    auth.permissions?.identityProviders?.enabled || view.permissions?.identityProviders?.view;
  const [status, devices, sessions, alerts, authenticator, agreements, providers, caller] = await Promise.all(
    [
      orFailure(users.getUserStatus(personId)),
      orFailure(users.listDevices(personId)),
      orFailure(sessionsOf(client, personId)),
      orFailure(users.searchUserAlerts({ user: personId, page: 0, pageSize: mostAlerts })),
      orFailure(users.viewTotpSecret(personId)),
      orFailure(users.getAgreements(personId)),
      hasProviders ? orFailure(users.listIdentityProviders(personId)) : null,
      data ?? orFailure(passwordApi.getPasswords('self')).then(({ value }) => value ?? null),
    ],
  );
  const totp = authenticator.value;
  const alertRows = alerts.value ? { value: alerts.value.rows } : { failed: alerts.failed ?? '' };
  return {
    ...page,
    facts: [
      ...page.facts,
      ...facts([['Authenticator app', authenticator.failed ?? authenticatorWords(totp?.status)]]),
    ],
    tables: [
      ...page.tables,
      devicesTable(personId, devices, (device) => offered([actions.removeDevice], { device, caller })),
      clientTypesTable(personId, clientTypes),
      ...(providers ? [providersTable(personId, providers)] : []),
      sessionsTable(personId, sessions, actions.endSession.offer({ view, isOwn: false })),
      agreementsTable(agreements),
      statusTable(status),
      alertsTable(alertRows),
    ],
    actions: [
      ...page.actions,
      ...offered(actions.personActions, {
        view,
        isOwn: false,
        status: status.value ?? null,
        caller,
        totp,
        passwords: data ?? null,
      }),
    ],
  };
}

export function factsOf(view: UserView) {
  const phones = view.phones.map((one) => one.normalizedNumber ?? one.number).filter(Boolean);
  return facts([
    ['User name', view.username],
    ['Phone', phones.length > 0 ? phones.join(', ') : view.phone],
    ['Account number', view.accountNumber],
    ['Group', view.group?.name],
    ['Role', view.role],
    ['Status', userStatusWords(view.status), 'change-status'],
    ['Registered', isoTime(view.registrationDate)],
    ['Last sign-in', isoTime(view.lastLogin)],
    ['Signed in now', yesOrNo(view.online)],
  ]);
}
