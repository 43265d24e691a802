import type { PersonPage } from '#contract/admin.ts';
import { facts, iso, orFailure } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import * as actions from './actions.ts';
import { deskOf } from './desk.ts';
import type { UserView } from './models.ts';
import { sessionsOf } from './sessions.ts';
import { alertsTable, devicesTable, passwordsTable, sessionsTable, statusTable } from './tables.ts';
import { userStatusWords } from './words.ts';

const mostAlerts = 20;

/** All that the session's rights show of a person. What 4.11 lacks is left out, and said. */
export async function person(context: VendorContext, secret: Json, personId: string): Promise<PersonPage> {
  const desk = await deskOf(context, secret);
  const { admin } = desk;
  const [view, passwords] = await Promise.all([
    admin.viewUser(personId),
    orFailure(admin.getPasswords(personId)),
  ]);
  const data = passwords.value;
  const rows = data ? { value: data.passwords } : { failed: passwords.failed ?? '' };
  const page: PersonPage = {
    id: personId,
    name: view.display ?? view.name ?? personId,
    ...(view.username ? { detail: view.username } : {}),
    facts: factsOf(view),
    tables: [passwordsTable(personId, rows, (one) => actions.passwordActions(one, data?.sendMediums ?? []))],
    actions: [],
  };
  if (desk.generation === '4.11') {
    const value = 'Status history, sessions, trusted devices, authenticator and alerts need a newer Cyclos.';
    return { ...page, facts: [...page.facts, { label: 'Not offered here', value }] };
  }
  const [status, devices, sessions, alerts, authenticator, own] = await Promise.all([
    orFailure(admin.getUserStatus(personId)),
    orFailure(admin.listDevices(personId)),
    orFailure(sessionsOf(desk, personId)),
    orFailure(desk.people.searchUserAlerts({ user: personId, page: 0, pageSize: mostAlerts })),
    orFailure(admin.viewTotpSecret(personId)),
    data ?? orFailure(admin.getPasswords('self')).then(({ value }) => value ?? null),
  ]);
  const totp = authenticator.value?.status;
  const alertRows = alerts.value ? { value: alerts.value.rows } : { failed: alerts.failed ?? '' };
  return {
    ...page,
    facts: [...page.facts, ...facts([['Authenticator app', authenticator.failed ?? totp ?? 'not set up']])],
    tables: [
      ...page.tables,
      devicesTable(personId, devices, (one) => actions.removeDevice(one, own)),
      sessionsTable(personId, sessions, actions.endSession(view)),
      statusTable(status),
      alertsTable(alertRows),
    ],
    actions: [
      actions.endAllSessions(view),
      ...actions.changeStatus(view, status.value ?? null),
      ...(totp ? [actions.removeAuthenticator(own)] : []),
    ],
  };
}

export function factsOf(view: UserView) {
  const phones = view.phones.map((one) => one.normalizedNumber ?? one.number).filter(Boolean);
  return facts([
    ['User name', view.username],
    ['E-mail', view.email],
    ['Phone', phones.length > 0 ? phones.join(', ') : view.phone],
    ['Account number', view.accountNumber],
    ['Group', view.group?.name],
    ['Role', view.role],
    ['Status', userStatusWords(view.status)],
    ['Registered', iso(view.registrationDate)],
    ['Last sign-in', iso(view.lastLogin)],
    ['Signed in now', view.online === undefined ? '' : view.online ? 'yes' : 'no'],
  ]);
}
