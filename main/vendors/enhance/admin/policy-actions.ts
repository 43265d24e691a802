import { defineAction } from '../../kit/actions.ts';
import { field, requireField } from '../../kit/fields.ts';
import type { EnhanceClient } from '../api/client.ts';
import { allowAddress, allowEmail, disallowEmail, unlistEmail } from './blocks.ts';
import type { AdminContext } from './context.ts';
import { emailField, requireEmail } from './fields.ts';
import { masterAdmin, type Rights, requireRight, rightsOf } from './rights.ts';

/** The panel has no operation that lifts a running block; its login policy has lists. */

interface PolicyOn {
  rights: Rights;
  email: string;
}

const requireMasterAdmin = async (client: EnhanceClient) =>
  requireRight(masterAdmin, { rights: await rightsOf(client) });

/** `change` does it for the e-mail address that was typed. */
const emailPolicy = (
  definition: { id: string; label: string; effect: string },
  change: (client: EnhanceClient, email: string, now: number) => Promise<string>,
) =>
  defineAction({
    ...definition,
    fields: ({ email }: PolicyOn) => [emailField(email)],
    right: masterAdmin,
    async run({ context, client }: AdminContext, { values }) {
      const email = requireEmail(values);
      await requireMasterAdmin(client);
      return { message: await change(client, email, context.now()) };
    },
  });

export const allowEmailAction = emailPolicy(
  {
    id: 'allow-email',
    label: 'Put the address on the white list',
    effect:
      'The panel no longer counts failed sign-ins for this address. It has no way to lift a running block by hand: a block ' +
      'that it still reports afterwards ends by itself at its time.',
  },
  allowEmail,
);

export const disallowEmailAction = emailPolicy(
  {
    id: 'disallow-email',
    label: 'Take the address off the white list',
    effect: 'The panel counts failed sign-ins for this address again.',
  },
  disallowEmail,
);

export const unlistEmailAction = emailPolicy(
  {
    id: 'unlist-email',
    label: 'Take the address off the black list',
    effect: 'They can sign in again at once.',
  },
  unlistEmail,
);

export const allowAddressAction = defineAction({
  id: 'allow-address',
  label: 'Put a network address on the white list',
  fields: ({ addresses }: { rights: Rights; addresses: string[] }) => [
    field('address', 'Blocked address', {
      type: 'select',
      options: addresses.map((address) => ({ value: address, label: address })),
      ...(addresses[0] ? { initial: addresses[0] } : {}),
    }),
  ],
  effect: 'The panel no longer blocks sign-ins from this address; everybody behind it is let through.',
  right: masterAdmin,
  async run({ context, client }: AdminContext, { values }) {
    const address = requireField(values, 'address', 'Choose the network address.');
    await requireMasterAdmin(client);
    return { message: await allowAddress(client, address, context.now()) };
  },
});
