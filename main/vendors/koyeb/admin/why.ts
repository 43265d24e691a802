import type { Finding } from '#contract/admin.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { type KoyebClient, koyebClient } from '../api/client.ts';
import type { User } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { clientOf } from '../session/secret.ts';
import { invitationFindings } from './invitations.ts';
import { type Member, organisationOf, personIdOf, wordOf } from './members.ts';

const sameText = (a: string | undefined, b: string) => a?.toLowerCase() === b.toLowerCase();

/** Why a person can't sign in: their way of signing in, and the state of the organisations that they share with the session. */
export async function whyNot(context: VendorContext, secret: Json, email: string): Promise<Finding[]> {
  const wanted = email.trim();
  const client = clientOf(context, secret);
  const [method, me, memberships, invitations] = await Promise.all([
    // Koyeb will drop it; the rest is worth knowing without.
    nullIfFailed(koyebClient(context.http, null).getLoginMethod(wanted)),
    client.getCurrentUser(),
    membershipsOf(client, wanted),
    invitationsOf(client, wanted),
  ]);
  const isMe = sameText(me.email, wanted);
  const known = memberships.length > 0 || isMe;
  const personId = memberships.map(personIdOf).find(Boolean);
  // An unknown address is answered with KOYEB too, which says nothing.
  const findings: Finding[] = [
    ...(method === 'WORKOS' ? [workos] : []),
    ...(isMe ? aboutMe(me) : []),
    ...memberships.flatMap(aboutMembership),
    ...invitations,
    ...(known && memberships.length === 0
      ? [hint('They are in no organisation that this session sees.')]
      : []),
  ];
  if (known && !findings.some((one) => one.weight === 'cause')) findings.push(fine);
  return findings.map((finding) => ({ ...(personId ? { personId } : {}), ...finding }));
}

const hint = (text: string): Finding => ({ weight: 'hint', text });

const workos: Finding = {
  weight: 'cause',
  text: 'They sign in to Koyeb through WorkOS: e-mail and password are refused. In Gatehouse they need a pasted API token.',
};

const fine: Finding = {
  weight: 'fine',
  text: 'Nothing here stops them. Koyeb does not show others wrong passwords, locked accounts or unconfirmed addresses; a forgotten password can be recovered.',
};

/** Invitations to the session's organisation that they have not answered. */
async function invitationsOf(client: KoyebClient, email: string): Promise<Finding[]> {
  const organisation = await organisationOf(client);
  return organisation ? invitationFindings(client, email, organisation.name ?? organisation.id) : [];
}

/** Koyeb can't be asked for a member by address: the lists of all shared organisations are read. */
async function membershipsOf(client: KoyebClient, email: string): Promise<Member[]> {
  const found: Member[] = [];
  let offset = 0;
  for (let page = 0; page < assumptions.mostPages; page++) {
    const { members } = await client.listOrganizationMembers({ limit: assumptions.pageSize, offset });
    found.push(...members.filter((one) => sameText(one.user?.email, email)));
    offset += members.length;
    if (members.length < assumptions.pageSize) break;
  }
  return found;
}

function aboutMe(me: User): Finding[] {
  return me.email_validated === false
    ? [hint('Their e-mail address is not confirmed yet, which limits what they may do at Koyeb.')]
    : [];
}

function aboutMembership(member: Member): Finding[] {
  const name = member.organization?.name ?? member.organization_id ?? 'an organisation';
  const role = wordOf(member.role);
  const status = member.organization?.status;
  const isMember = hint(`Member of ${name}${role ? ` (${role})` : ''}.`);
  if (!status || status === 'ACTIVE') return [isMember];
  if (status === 'WARNING') return [hint(`${isMember.text} Koyeb has put a warning on this organisation.`)];
  return [
    {
      weight: 'cause',
      text: `${name} is ${wordOf(status)}: sessions in it are refused. Other organisations of theirs may work.`,
    },
  ];
}
