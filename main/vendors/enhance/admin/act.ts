import { GatehouseError } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';
import type { ActionInput, ActionResult } from '../../admin.ts';
import { need, needPassword, unknownAction, wrong } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../client.ts';
import { inSession } from '../secret.ts';
import { allowAddress, allowEmail, disallowEmail, unlistEmail } from './blocks.ts';
import { needEmail } from './fields.ts';
import { changeRoles, makeOwner, openAs, removeMember } from './member-acts.ts';
import { createLogin } from './new-login.ts';
import { readPersonId } from './person-id.ts';
import { demand, missing, rightsOf } from './rights.ts';
import { splitList } from './words.ts';

interface At {
  context: VendorContext;
  client: EnhanceClient;
  input: ActionInput;
}

const acts: Record<string, (at: At) => Promise<ActionResult>> = {
  'new-login': ({ context, client, input }) => createLogin(context, client, input.values),

  async 'set-password'({ client, input }) {
    const password = needPassword(input.values, 'password');
    await client.setCustomerLoginPassword(personOf(input).loginId, password);
    return { message: 'The new password holds from now on; the old one does not work any more.' };
  },

  async 'send-recovery'({ context, client, input }) {
    const email = needEmail(input.values);
    await client.startPasswordRecovery(email, await realmOf(context, client, input));
    return {
      message: `The panel was asked to send a recovery mail to ${email}. It says yes to every address: if no mail arrives, nobody of that address has registered in this realm.`,
    };
  },

  'allow-email': (at) => policy(at, ({ context, client }, email) => allowEmail(client, email, context.now())),
  'disallow-email': (at) => policy(at, ({ client }, email) => disallowEmail(client, email)),
  'unlist-email': (at) => policy(at, ({ client }, email) => unlistEmail(client, email)),

  async 'allow-address'({ context, client, input }) {
    const address = need(input.values, 'address', 'Choose the network address.');
    demand((await rightsOf(client)).isMasterAdmin, missing.master);
    return { message: await allowAddress(client, address, context.now()) };
  },

  async 'add-member'({ client, input }) {
    const orgId = need(input.values, 'organisation', 'Choose an organisation.');
    const roles = splitList(input.values.roles);
    if (roles.length === 0) throw wrong('roles', 'Choose at least one role.');
    await client.createMember(orgId, { loginId: personOf(input).loginId, roles });
    return { message: `Added to the organisation as ${roles.join(', ')}.` };
  },

  'change-roles': ({ client, input }) => changeRoles(client, input),
  'make-owner': ({ client, input }) => makeOwner(client, input),
  'remove-member': ({ client, input }) => removeMember(client, input),
  'open-as': ({ client, input }) => openAs(client, input),
};

/** Does one action of the directory, of a person or of a row of theirs. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  const work = lookUp(acts, input.action);
  if (!work) throw unknownAction('Enhance');
  return work({ context, client: inSession(context, secret), input });
}

function personOf({ target }: ActionInput) {
  if (target) return readPersonId(target);
  throw new GatehouseError({ kind: 'invalid', message: 'Choose a person first.' });
}

async function policy(at: At, work: (at: At, email: string) => Promise<string>): Promise<ActionResult> {
  const email = needEmail(at.input.values);
  demand((await rightsOf(at.client)).isMasterAdmin, missing.master);
  return { message: await work(at, email) };
}

/** The realm in which the person was seen; without one the panel's address decides, as it does for them. */
async function realmOf(
  context: VendorContext,
  client: EnhanceClient,
  input: ActionInput,
): Promise<string | undefined> {
  const place = input.target ? readPersonId(input.target).place : null;
  if (!place?.id) return context.realm?.id;
  if (place.kind === 'realm') return place.id;
  // Customers live in the realm of the organisation that they are customers of.
  if (place.kind === 'customers') return place.id;
  try {
    return (await client.getOrg(place.id)).parentId ?? place.id;
  } catch (error) {
    if (error instanceof GatehouseError && error.failure.kind === 'forbidden') return context.realm?.id;
    throw error;
  }
}
