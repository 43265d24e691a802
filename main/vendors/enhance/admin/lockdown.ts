import { isIP } from 'node:net';
import { defineAction } from '../../kit/actions.ts';
import { field, fieldError, requireField } from '../../kit/fields.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { AdminContext } from './context.ts';
import { changeList, type List } from './lists.ts';
import { masterAdmin, requireMasterAdmin } from './rights.ts';

/** The addresses from which the panel lets people of the master organisation in; null while the lockdown is off. */
export async function lockdownOf(client: EnhanceClient): Promise<string[] | null> {
  return (await client.getAdminLockdownStatus()) === true ? lockdownList(client).read() : null;
}

/** A text with an address a line (OpenAPI 12.21.3, getAdminLockdownList). */
const lockdownList = (client: EnhanceClient): List => ({
  read: async () =>
    ((await client.getAdminLockdownList()) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  write: (entries) => client.setAdminLockdownList(entries.join('\n')),
});

export const admitAddress = defineAction({
  id: 'admit-address',
  label: 'Let a network address through',
  fields: [
    field('address', 'Network address', { placeholder: '203.0.113.7', help: 'Where the person comes from.' }),
  ],
  effect: 'The panel then lets people of the master organisation sign in from this address, too.',
  right: masterAdmin,
  async run({ client }: AdminContext, { values }) {
    const address = requireField(values, 'address', 'Type the network address.');
    if (isIP(address) === 0)
      throw fieldError('address', 'This is no network address. It should look like 203.0.113.7.');
    await requireMasterAdmin(client);
    await changeList(lockdownList(client), address, true);
    return {
      message: `${address} is on the list of the panel’s lockdown: people of the master organisation can sign in from there.`,
    };
  },
});
