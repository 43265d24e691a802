import type { PersonPage } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { ActionInput, ActionResult } from '../../admin.ts';
import { createDispatcher, defineAction, offered } from '../../kit/actions.ts';
import { facts, isoTime } from '../../kit/display.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { KoyebClient } from '../api/client.ts';
import { assumptions } from '../assumptions.ts';
import { clientOf, readSecret } from '../session/secret.ts';
import { invitationActions, invitationIdOf, invitationPage } from './invitations.ts';
import { type Member, wordOf } from './members.ts';

/** A person as the organisations show them that the session's person shares with them; or an invitation. */
export async function person(context: VendorContext, secret: Json, personId: string): Promise<PersonPage> {
  const client = clientOf(context, secret);
  const invitation = invitationIdOf(personId);
  if (invitation) return invitationPage(client, invitation);
  const { members } = await client.listOrganizationMembers({
    userId: personId,
    limit: assumptions.pageSize,
    offset: 0,
  });
  const user = members.find((one) => one.user)?.user;
  if (members.length === 0)
    throw new GatehouseError({
      kind: 'not-found',
      message: 'This person is in none of your organisations any more.',
      advice: 'Look at the members again.',
    });
  const self = readSecret(secret).userId === personId;
  return {
    id: personId,
    name: user?.name ?? user?.email ?? personId,
    ...(user?.email ? { email: user.email } : {}),
    vendorId: personId,
    facts: facts([['Not told', 'Koyeb shows others neither a person’s sessions nor how they sign in.']]),
    tables: [
      {
        title: 'Organisations that you share',
        columns: [
          { id: 'organisation', label: 'Organisation' },
          { id: 'role', label: 'Role' },
          { id: 'status', label: 'Status' },
          { id: 'plan', label: 'Plan' },
          { id: 'joined', label: 'Joined' },
        ],
        rows: members.map((member, index) => ({
          id: member.id ?? `row/${index}`,
          cells: {
            organisation: nameOf(member),
            role: wordOf(member.role),
            status: wordOf(member.status),
            plan: member.organization?.plan ?? '',
            joined: isoTime(member.joined_at),
          },
          actions: offered([removeMember], { member, self }),
        })),
        empty: 'None.',
      },
    ],
    actions: [],
  };
}

const nameOf = (member: Member) => member.organization?.name ?? member.organization_id ?? 'the organisation';

/** A membership, and whether it is the session's own person's. */
const removeMember = defineAction({
  id: 'remove-member',
  object: ({ member }: { member: Member; self: boolean }) => member.id ?? '',
  label: ({ member }: { member: Member }) => `Remove from ${nameOf(member)}`,
  danger: true,
  confirm({ member, self }: { member: Member; self: boolean }) {
    const who = self ? 'you yourself' : (member.user?.name ?? member.user?.email ?? 'this person');
    return `Remove ${who} from ${nameOf(member)}? Only a new invitation brings them back.`;
  },
  effect: 'Their sessions in this organisation are refused from then on.',
  when: ({ member }: { member: Member }) => Boolean(member.id),
  async run(client: KoyebClient, { object }) {
    await client.removeOrganizationMember(object);
    return { message: 'The person is no longer a member of the organisation.' };
  },
});

const dispatch = createDispatcher('Koyeb', [removeMember, ...invitationActions]);

export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  return dispatch(clientOf(context, secret), input);
}
