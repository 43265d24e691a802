import type { PersonPage } from '#contract/admin.ts';
import { offered } from '../../kit/actions.ts';
import { facts } from '../../kit/display.ts';
import { orFailure } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Account } from '../api/models.ts';
import { deviceActions, deviceName, personActions } from './actions.ts';
import {
  type AdminContext,
  adminContext,
  deviceRowId,
  type Rights,
  readTarget,
  rightsOf,
  userRowId,
} from './context.ts';
import { deviceCells } from './directory.ts';

/** Devices of one person that are shown; nobody has as many. */
const mostDevices = 200;
const longestAttributes = 4000;

/** A person with devices; a device that belongs to nobody stands for itself. */
export async function person(context: VendorContext, secret: Json, personId: string): Promise<PersonPage> {
  const admin = adminContext(context, secret);
  const target = readTarget(personId);
  if ('userId' in target) return personPage(admin, target.userId);
  const account = await admin.directory.getAccount(admin.serverId, target.accountId);
  if (account.userid) return personPage(admin, account.userid);
  const rights = await rightsOf(admin);
  return {
    id: personId,
    name: deviceName(account),
    detail: 'A device of nobody',
    facts: [],
    tables: [devicesTable([account], rights)],
    actions: [],
  };
}

async function personPage(admin: AdminContext, userId: string): Promise<PersonPage> {
  const { directory, serverId } = admin;
  const [devices, attributes, rights] = await Promise.all([
    directory.getUser(serverId, userId, { limit: mostDevices, marker: 0 }),
    orFailure(directory.getUserAttributes(serverId, userId)),
    rightsOf(admin),
  ]);
  return {
    id: userRowId(userId),
    name: userId,
    facts: facts([['Attributes', attributes.failed ?? attributesOf(attributes.value)]]),
    tables: [devicesTable(devices.accounts, rights)],
    actions: offered(personActions, { userId, rights, devices: devices.accounts.length }),
  };
}

/** The text as it came; an empty object says nothing. */
function attributesOf(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '{}') return '';
  return trimmed.length > longestAttributes ? `${trimmed.slice(0, longestAttributes)}…` : trimmed;
}

const columns = [
  ['description', 'Device'],
  ['blocked', 'Blocked'],
  ['clientVersion', 'App version'],
  ['created', 'Enrolled'],
  ['lastlogin', 'Last sign-in'],
  ['lastprovoke', 'Last push'],
].map(([id = '', label = '']) => ({ id, label }));

function devicesTable(accounts: Account[], rights: Rights): PersonPage['tables'][number] {
  return {
    title: 'Devices',
    columns,
    rows: accounts.map((account) => ({
      id: deviceRowId(account.id),
      cells: deviceCells(account),
      actions: offered(deviceActions, { account, rights }),
    })),
    empty: 'No device: this person can’t sign in before one is enrolled.',
  };
}
