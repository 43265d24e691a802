import { defineAction } from '../../kit/actions.ts';
import { isoTime } from '../../kit/display.ts';
import { field, fieldError, requireField } from '../../kit/fields.ts';
import type { Right } from '../../kit/rights.ts';
import type { ClientType, ClientView } from '../api/models.ts';
import { confirmation } from './confirmation.ts';
import type { PersonContext } from './context.ts';

const manageRight: Right<{ type: ClientType }> = {
  name: 'the right to manage access clients of this kind',
  isHeld: ({ type }) => type.canManage === true,
};

/** Cyclos lists no clients of a person, so that one is looked for by its id, and shown before it is disconnected. */
export const findClient = defineAction({
  id: 'find-client',
  label: 'Disconnect one',
  fields: [
    field('client', 'Id of the access client', {
      help: 'A number. Cyclos does not tell Gatehouse which clients a person has; who manages the network can look it up.',
    }),
  ],
  right: manageRight,
  async run({ client, user }: PersonContext, { values }) {
    const id = requireField(values, 'client', 'Type the id.');
    if (!/^-?\d+$/.test(id))
      throw fieldError('client', 'An id is a number. Do not type the client’s token here.');
    const found = await client.clients.viewClient(id);
    // 4.11 does not say whose it is.
    if (found.user?.id !== undefined && found.user.id !== user)
      throw fieldError('client', `This is an access client of ${found.user.display ?? 'somebody else'}.`);
    return {
      message: describe(found),
      ...(found.canUnassign ? { next: disconnectClientOf.offer({ id, found }) } : {}),
    };
  },
});

function describe({ name, status, activationDate, user, canUnassign }: ClientView): string {
  const whose = user?.display ? ` of ${user.display}` : '';
  const since = activationDate ? ` since ${isoTime(activationDate).slice(0, 10)}` : '';
  const state = `“${name ?? 'Without a name'}”${whose} is ${status ?? 'there'}${status === 'active' ? since : ''}.`;
  if (canUnassign) return state;
  return status === 'unassigned'
    ? `${state} There is nothing to disconnect.`
    : `${state} Your rights do not let you disconnect it.`;
}

export const disconnectClientOf = defineAction({
  id: 'unassign-client',
  object: ({ id }: { id: string; found: ClientView }) => id,
  label: ({ found }) => `Disconnect “${found.name ?? 'the client'}”`,
  danger: true,
  fields: ({ found }) => confirmation({ caller: found }),
  confirm: 'Its token stops working everywhere, and it has to be activated again in Cyclos.',
  async run({ client }: PersonContext, { object: id, values }) {
    await client.clients.unassignClient(id, values.confirmation ?? '');
    return { message: 'The access client is disconnected; its token is no longer good.' };
  },
});
