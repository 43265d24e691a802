import type { Finding } from '#contract/admin.ts';
import { displayTime } from '../../kit/display.ts';
import { isKind } from '../../kit/failures.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Account } from '../api/models.ts';
import { timeOf } from '../assumptions.ts';
import { deviceName, unblockDevice } from './actions.ts';
import { type AdminContext, adminContext, type Rights, rightsOf, userRowId } from './context.ts';

const mostDevices = 50;

/** Why a person can't sign in by phone. nextAuth knows no e-mail addresses: the user name may be one, or its first part. */
export async function whyNot(context: VendorContext, secret: Json, email: string): Promise<Finding[]> {
  const admin = adminContext(context, secret);
  const wanted = email.trim();
  const found =
    (await devicesOf(admin, wanted)) ??
    (wanted.includes('@') ? await devicesOf(admin, wanted.slice(0, wanted.indexOf('@'))) : null);
  if (!found) return [];
  const rights = await rightsOf(admin);
  const findings = [
    ...(found.userId.toLowerCase() === wanted.toLowerCase()
      ? []
      : [hint(`There is no user “${wanted}”; this is about “${found.userId}”.`)]),
    ...about(found.accounts, rights),
  ];
  return findings.map((finding) => ({ ...finding, personId: userRowId(found.userId) }));
}

const hint = (text: string): Finding => ({ weight: 'hint', text });

async function devicesOf(
  admin: AdminContext,
  name: string,
): Promise<{ userId: string; accounts: Account[] } | null> {
  if (!name) return null;
  const userId = await exactName(admin, name);
  try {
    const page = { limit: mostDevices, marker: 0 };
    const { accounts } = await admin.directory.getUser(admin.serverId, userId, page);
    return { userId, accounts };
  } catch (error) {
    if (isKind(error, 'not-found')) return null;
    throw error;
  }
}

/** The user name as the server spells it; as typed where the list may not be read. */
async function exactName({ directory, serverId }: AdminContext, name: string): Promise<string> {
  try {
    const { users } = await directory.getUsers(serverId, { search: name, limit: 100, marker: 0 });
    return users.find((one) => one.userid.toLowerCase() === name.toLowerCase())?.userid ?? name;
  } catch (error) {
    if (isKind(error, 'forbidden')) return name;
    throw error;
  }
}

function about(accounts: Account[], rights: Rights): Finding[] {
  if (accounts.length === 0) {
    const text = 'They have no device on this server: one has to be enrolled before they can sign in.';
    return [{ weight: 'cause', text }];
  }
  const allBlocked = accounts.every((one) => one.blocked);
  return accounts.map((one): Finding => {
    const last = timeOf(one.lastlogin);
    const seen = last ? `last sign-in ${displayTime(last)}` : 'never signed in';
    if (!one.blocked) return { weight: 'fine', text: `${deviceName(one)} is not blocked; ${seen}.` };
    return {
      weight: allBlocked ? 'cause' : 'hint',
      text: `${deviceName(one)} is blocked; ${seen}.`,
      mend: unblockDevice.offer({ account: one, rights }),
    };
  });
}
