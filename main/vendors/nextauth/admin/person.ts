import type { PersonPage } from '#contract/admin.ts';
import { facts, orFailure } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Account } from '../models.ts';
import { deleteUser, deviceActions, deviceName } from './actions.ts';
import {
  type Desk,
  deskOf,
  deviceRowId,
  type MissingRights,
  missingRights,
  readTarget,
  userRowId,
} from './desk.ts';
import { deviceCells } from './directory.ts';

/** Devices of one person that are shown; nobody has as many. */
const mostDevices = 200;
const longestAttributes = 4000;

/** A person with devices; a device that belongs to nobody stands for itself. */
export async function person(context: VendorContext, secret: Json, personId: string): Promise<PersonPage> {
  const desk = deskOf(context, secret);
  const target = readTarget(personId);
  if ('userId' in target) return personPage(desk, target.userId);
  const account = await desk.directory.getAccount(desk.serverId, target.accountId);
  if (account.userid) return personPage(desk, account.userid);
  const missing = await missingRights(desk);
  return {
    id: personId,
    name: deviceName(account),
    detail: 'A device of nobody',
    facts: [],
    tables: [devicesTable([account], missing)],
    actions: [],
  };
}

async function personPage(desk: Desk, userId: string): Promise<PersonPage> {
  const { directory, serverId } = desk;
  const [devices, attributes, missing] = await Promise.all([
    directory.getUser(serverId, userId, { limit: mostDevices, marker: 0 }),
    orFailure(directory.getUserAttributes(serverId, userId)),
    missingRights(desk),
  ]);
  return {
    id: userRowId(userId),
    name: userId,
    facts: facts([['Attributes', attributes.failed ?? attributesOf(attributes.value)]]),
    tables: [devicesTable(devices.accounts, missing)],
    actions: [deleteUser(userId, missing)],
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

function devicesTable(accounts: Account[], missing: MissingRights): PersonPage['tables'][number] {
  return {
    title: 'Devices',
    columns,
    rows: accounts.map((account) => ({
      id: deviceRowId(account.id),
      cells: deviceCells(account),
      actions: deviceActions(account, missing),
    })),
    empty: 'No device: this person can’t sign in before one is enrolled.',
  };
}
