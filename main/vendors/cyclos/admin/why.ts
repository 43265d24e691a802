import type { Finding } from '#contract/admin.ts';
import { offered } from '../../kit/actions.ts';
import { displayTime } from '../../kit/display.ts';
import { orFailure, type Read } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Password, PasswordsData, TotpSecret, UserStatus, UserView } from '../api/models.ts';
import { accessPasswordType, isOfType } from './access-password.ts';
import { type AdminContext, adminContext } from './context.ts';
import { findExactly } from './directory.ts';
import { passwordMends, passwordName } from './password-actions.ts';
import * as actions from './person-actions.ts';
import { passwordStatusWords, userStatusWords } from './words.ts';

/** Alerts about tries that ended in a block. */
const telling = [
  'passwordDisabledByTries',
  'passwordTemporarilyBlocked',
  'maxTotpAttemptsReached',
  'maxDeviceActivationAttemptsReached',
];
const mostAlerts = 3;

/** Why a person can't sign in: status, passwords, authenticator, alerts, as far as the rights go. */
export async function whyNot(context: VendorContext, secret: Json, email: string): Promise<Finding[]> {
  const admin = await adminContext(context, secret);
  const found = await findExactly(admin, email);
  const loginType = found.length > 0 ? await accessPasswordType(context) : null;
  const answers = found.map(({ user, status }) =>
    findingsOn(admin, user.id ?? user.username ?? '', status, loginType),
  );
  return (await Promise.all(answers)).flat();
}

async function findingsOn(
  { client, generation }: AdminContext,
  personId: string,
  foundStatus: string | undefined,
  loginType: string | null,
): Promise<Finding[]> {
  const isNew = generation === '4.16';
  const alertsOf = { user: personId, types: telling, page: 0, pageSize: mostAlerts };
  const [seen, passwords, totp, alerts] = await Promise.all([
    client.users.viewUser(personId),
    orFailure(client.passwords.getPasswords(personId)),
    isNew ? orFailure(client.users.viewTotpSecret(personId)) : null,
    isNew ? orFailure(client.users.searchUserAlerts(alertsOf)) : null,
  ]);
  const view = { ...seen, status: seen.status ?? foundStatus };
  const stopped = view.status !== undefined && view.status !== 'active';
  const status = isNew && stopped ? await orFailure(client.users.getUserStatus(personId)) : null;
  const data = passwords.value ?? null;
  const unseen = { passwords, authenticator: totp, alerts };
  const findings: Finding[] = [
    ...(stopped ? [statusFinding(view.status, status)] : []),
    ...(data ? data.passwords.flatMap((one) => passwordFindings(one, data, loginType)) : []),
    ...totpFindings(totp?.value),
    ...(alerts?.value?.rows ?? []).map((one) =>
      hint(`Alert${one.date ? ` of ${displayTime(one.date)}` : ''}: ${one.text ?? one.type ?? 'no text'}.`),
    ),
    ...Object.entries(unseen).flatMap(([what, read]) =>
      read?.failed ? [hint(`Not looked at: their ${what}. ${read.failed}`)] : [],
    ),
  ];
  if (!findings.some((one) => one.weight === 'cause'))
    findings.push({ weight: 'fine', text: fineText(view, data) });
  return findings.map((finding) => ({ ...finding, personId }));
}

function totpFindings(totp: TotpSecret | undefined): Finding[] {
  return totp?.status === 'pending'
    ? [hint('They began to set up an authenticator app and have not finished.')]
    : [];
}

const hint = (text: string): Finding => ({ weight: 'hint', text });

function fineText(view: UserView, data: PasswordsData | null): string {
  const seen = data
    ? 'Their status and login password are good'
    : `Their status is ${view.status ?? 'not told'}`;
  return `${seen}. Cyclos does not show others whether agreements wait for them or which addresses and channels they may use.`;
}

/** `read` is null in 4.11, where nobody's status can be changed. */
function statusFinding(status: string | undefined, read: Read<UserStatus> | null): Finding {
  const text =
    status === 'pending'
      ? 'Their registration is still pending: it has to be confirmed first.'
      : `They are ${userStatusWords(status)} in Cyclos.`;
  const mendable = read && ['blocked', 'disabled', 'pending'].includes(status ?? '');
  return {
    ...{ weight: 'cause', text },
    ...(mendable ? { mend: actions.makeActive.offer({ status: read.value ?? null }) } : {}),
  };
}

function passwordFindings(one: Password, data: PasswordsData, loginType: string | null): Finding[] {
  const name = passwordName(one);
  const { status = 'active' } = one;
  if (status === 'active') return [];
  if (status === 'expired')
    return [hint(`“${name}” has expired: they have to set a new one at the next sign-in.`)];
  const isLogin = loginType === null || isOfType(one, loginType);
  const text = isLogin
    ? `“${name}” is ${passwordStatusWords(status)}.`
    : `“${name}” is ${passwordStatusWords(status)}: that stops them where the sign-in asks for it as a second step.`;
  const mend = offered(passwordMends, { password: one, mediums: data.sendMediums ?? null })[0];
  return [{ weight: isLogin ? 'cause' : 'hint', text, ...(mend ? { mend } : {}) }];
}
