import type { PersonPage } from '#contract/admin.ts';
import { facts } from '../../kit/display.ts';
import { nullIfRefused } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { inSession } from '../session/secret.ts';
import { methodWords, statedTime } from '../words.ts';
import { activityTable } from './activity.ts';
import { blocksInWords, type EmailBlocks, emailBlocks } from './blocks.ts';
import { findLogin } from './find-login.ts';
import { sendRecovery, setPassword } from './login-actions.ts';
import { addMember } from './membership-actions.ts';
import { membershipsOf } from './memberships.ts';
import { limitsInWords, membershipsTable } from './memberships-table.ts';
import { readPersonId } from './person-id.ts';
import { allowEmailAction, disallowEmailAction, unlistEmailAction } from './policy-actions.ts';
import { type Rights, rightsOf } from './rights.ts';

const unseen =
  'The panel can’t be asked for one login by its id, and no list that your roles open shows this one now. Its e-mail address may have changed, or it was removed.';

/** What the panel shows of one login: its lists, the member lists in reach, and the login policy. */
export async function person(context: VendorContext, secret: Json, id: string): Promise<PersonPage> {
  const client = inSession(context, secret);
  const key = readPersonId(id);
  const rights = await rightsOf(client);
  const [seen, { table, memberships }] = await Promise.all([
    findLogin(context, client, rights, key),
    membershipsTable(membershipsOf(client, rights, key), rights),
  ]);
  const member = memberships?.found[0]?.member;
  const login = seen?.login;
  const email = login?.email ?? member?.email ?? key.email;
  const [blocks, activity] = await Promise.all([
    rights.isMasterAdmin && email ? nullIfRefused(emailBlocks(client, email, context.now())) : null,
    activityTable(client, key, memberships),
  ]);
  return {
    id,
    name: login?.name || member?.name || email || 'Unknown login',
    ...(email ? { email } : {}),
    vendorId: key.loginId,
    facts: facts([
      ['Signs in with', methodWords(login?.authMethod ?? member?.authMethod)],
      ['Language', login?.locale],
      ['Registered', statedTime(login?.registeredAt)],
      ['Password changed', statedTime(login?.passwordLastChangedAt)],
      ['Blocked', blocks ? (blocksInWords(blocks) ?? 'no') : blockUnknown(rights)],
      ['Organisations', limitsInWords(memberships)],
      ['Known', login || member ? undefined : unseen],
    ]),
    tables: [table, ...(activity ? [activity] : [])],
    actions: [
      setPassword.offer({ rights }),
      ...(email ? [sendRecovery.offer({ email }), ...policyActions(rights, email, blocks)] : []),
      addMember.offer({ rights }),
    ],
  };
}

function blockUnknown(rights: Rights): string | undefined {
  return rights.isMasterAdmin ? undefined : 'not shown to your roles';
}

function policyActions(rights: Rights, email: string, blocks: EmailBlocks | null) {
  return [
    ...(blocks?.blacklisted ? [unlistEmailAction.offer({ rights, email })] : []),
    (blocks?.whitelisted ? disallowEmailAction : allowEmailAction).offer({ rights, email }),
  ];
}
