import { defineAction } from '../../kit/actions.ts';
import { field, requireField } from '../../kit/fields.ts';
import type { EnhanceClient } from '../api/client.ts';
import { allowAddress, allowEmail, disallowEmail, unlistAddress, unlistEmail } from './blocks.ts';
import type { AdminContext } from './context.ts';
import { emailField, requireEmail } from './fields.ts';
import { masterAdmin, type Rights, requireMasterAdmin } from './rights.ts';

/** The panel has no operation that lifts a running block; its login policy has lists. */

/** More addresses are no list to choose from. */
const mostOffered = 500;

interface PolicyOn {
  rights: Rights;
  email: string;
}

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
    label: 'Never block this e-mail',
    effect:
      'The panel no longer counts failed sign-ins for this address. It has no way to lift a running block by hand: a block ' +
      'that it still reports afterwards ends by itself at its time.',
  },
  allowEmail,
);

export const disallowEmailAction = emailPolicy(
  {
    id: 'disallow-email',
    label: 'Let this e-mail be blocked again',
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

interface AddressesOf {
  rights: Rights;
  addresses: string[];
}

/** `change` does it for one of the addresses that the panel names. */
const addressPolicy = (
  definition: { id: string; label: string; effect: string },
  change: (client: EnhanceClient, address: string, now: number) => Promise<string>,
) =>
  defineAction({
    ...definition,
    fields: ({ addresses }: AddressesOf) => [
      field('address', 'Network address', {
        type: 'select',
        options: addresses.slice(0, mostOffered).map((address) => ({ value: address, label: address })),
        ...(addresses[0] ? { initial: addresses[0] } : {}),
      }),
    ],
    right: masterAdmin,
    async run({ context, client }: AdminContext, { values }) {
      const address = requireField(values, 'address', 'Choose the network address.');
      await requireMasterAdmin(client);
      return { message: await change(client, address, context.now()) };
    },
  });

export const allowAddressAction = addressPolicy(
  {
    id: 'allow-address',
    label: 'Never block a network address',
    effect: 'The panel no longer blocks sign-ins from this address; everybody behind it is let through.',
  },
  allowAddress,
);

export const unlistAddressAction = addressPolicy(
  {
    id: 'unlist-address',
    label: 'Take a network address off the black list',
    effect: 'Everybody behind this address can sign in again at once.',
  },
  unlistAddress,
);
