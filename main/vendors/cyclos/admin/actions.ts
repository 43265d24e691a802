import type { ActionInput, ActionResult } from '../../admin.ts';
import { createDispatcher, defineAction, unknownAction } from '../../kit/actions.ts';
import { passwordField } from '../../kit/fields.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { authenticatorActions, authenticatorSteps } from './authenticator-actions.ts';
import { disconnectClientOf, findClient } from './client-actions.ts';
import { type AdminContext, adminContext, type PersonContext, personOf } from './context.ts';
import { ownPasswordActions } from './own-password-actions.ts';
import { passwordActions, resetPassword } from './password-actions.ts';
import * as person from './person-actions.ts';
import { unlinkProvider } from './provider-actions.ts';
import { setSecurityAnswer } from './security-answer.ts';

export const disconnectClient = defineAction({
  id: 'disconnect-client',
  label: 'Disconnect this access client',
  danger: true,
  fields: [passwordField('confirmation', 'Password of its owner', { required: false })],
  confirm: 'Its token stops working everywhere, and it has to be activated again in Cyclos.',
  when: ({ access }: AdminContext) => access.kind === 'access-client',
  async run({ client }: PersonContext, { values }) {
    await client.auth.disconnectCurrentClient(values.confirmation);
    return { message: 'The access client is disconnected; its token is no longer good.' };
  },
});

const onPerson = [
  ...passwordActions,
  resetPassword,
  ...person.personActions,
  person.endSession,
  person.makeActive,
  person.removeDevice,
  findClient,
  disconnectClientOf,
  unlinkProvider,
];
const dispatchOnPerson = createDispatcher('Cyclos', onPerson);
const dispatchOnOwnLogin = createDispatcher('Cyclos', [
  ...onPerson,
  ...ownPasswordActions,
  ...authenticatorActions,
  ...authenticatorSteps,
  setSecurityAnswer,
  disconnectClient,
]);

/** Does an action on a person, or on a row of a person's tables. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  const user = personOf(input.target);
  if (!user) throw unknownAction('Cyclos');
  return dispatchOnPerson({ ...(await adminContext(context, secret)), user }, input);
}

export const idOfCaller = ({ auth }: AdminContext) => auth.user?.id ?? 'self';

/** Does an action on the session's own login; a row of its tables is named by its target, the login itself by none. */
export async function actOnOwnLogin(
  context: VendorContext,
  secret: Json,
  input: ActionInput,
): Promise<ActionResult> {
  const admin = await adminContext(context, secret);
  const target = input.target ?? idOfCaller(admin);
  return dispatchOnOwnLogin({ ...admin, user: personOf(target) }, { ...input, target });
}
