import type { Finding } from '#contract/admin.ts';
import { lookUp } from '#lib/look-up.ts';
import { displayTime } from '../../kit/display.ts';
import { orFailure, type Read } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import { inSession } from '../session/secret.ts';
import { count, methodWords } from '../words.ts';
import { type Block, blacklistedAddresses, blocksIn, type EmailBlocks, emailBlocks } from './blocks.ts';
import { type LoginSearch, type Seen, searchLogins } from './find-login.ts';
import { invite, inviteAgain } from './invites.ts';
import { admitAddress, lockdownOf } from './lockdown.ts';
import { newLogin, sendRecovery, setPassword } from './login-actions.ts';
import { invitationsOf, type Membership, type Memberships, membershipsOf } from './memberships.ts';
import { personId } from './person-id.ts';
import {
  allowAddressAction,
  allowEmailAction,
  unlistAddressAction,
  unlistEmailAction,
} from './policy-actions.ts';
import { masterAdmin, type Rights, rightsOf } from './rights.ts';

const idOf = ({ login, place }: Seen) => personId({ loginId: login.id, place, email: login.email });

/** Why somebody of this e-mail address can't sign in, as far as this session's roles show. */
export async function whyNot(context: VendorContext, secret: Json, typed: string): Promise<Finding[]> {
  const email = typed.trim();
  if (!email.includes('@')) return [];
  const client = inSession(context, secret);
  const rights = await rightsOf(client);
  const [search, policy, lockdown] = await Promise.all([
    searchLogins(context, client, rights, email),
    policyFindings(context, client, rights, email),
    rights.isMasterAdmin ? orFailure(lockdownOf(client)) : { value: null },
  ]);
  const logins = await Promise.all(search.found.map((seen) => loginFindings(client, rights, seen, lockdown)));
  const person = search.found[0] ? { personId: idOf(search.found[0]) } : {};
  const findings = [
    ...policy.map((finding) => ({ ...finding, ...person })),
    ...logins.flat(),
    ...(search.found.length > 1 ? [severalRealms(search)] : []),
    ...(search.found.length === 0 ? await unregistered(client, rights, search, email) : []),
  ];
  const stopped = findings.some(({ weight }) => weight === 'cause');
  return stopped || !search.found[0] ? findings : [...findings, nothingStops(rights, search.found[0])];
}

async function policyFindings(
  context: VendorContext,
  client: EnhanceClient,
  rights: Rights,
  email: string,
): Promise<Finding[]> {
  if (!rights.isMasterAdmin) {
    const text = `Whether the panel blocks this address is not shown to your roles. Needed: ${masterAdmin.name}.`;
    return [{ weight: 'hint', text }];
  }
  const [blocks, addresses, black] = await Promise.all([
    orFailure(emailBlocks(client, email, context.now())),
    orFailure(client.getLoginPolicyBlockedIps()),
    orFailure(blacklistedAddresses(client)),
  ]);
  const failed = blocks.failed ?? addresses.failed ?? black.failed;
  return [
    ...(blocks.value ? emailFindings(rights, email, blocks.value) : []),
    ...addressFindings(rights, blocksIn(addresses.value ?? {}, context.now())),
    ...blacklistFindings(rights, black.value ?? []),
    ...(failed ? [{ weight: 'hint', text: `The panel’s blocks can’t be read: ${failed}` } as const] : []),
  ];
}

function emailFindings(rights: Rights, email: string, blocks: EmailBlocks): Finding[] {
  const { block, blacklisted, threshold } = blocks;
  const findings: Finding[] = [];
  if (block?.until) {
    const text = `The panel blocks ${email} until ${displayTime(block.until)}, after ${count(block.failures, 'failed sign-in')}.`;
    findings.push({ weight: 'cause', text, mend: allowEmailAction.offer({ rights, email }) });
  } else if (block && block.failures > 0) {
    const limit = threshold ? `; the panel blocks at ${threshold}` : '';
    findings.push({ weight: 'hint', text: `${count(block.failures, 'failed sign-in')} counted${limit}.` });
  }
  if (blacklisted) {
    const text = `${email} is on the panel’s e-mail black list.`;
    findings.push({ weight: 'cause', text, mend: unlistEmailAction.offer({ rights, email }) });
  }
  return findings;
}

/** The panel does not say whose addresses these are. */
function addressFindings(rights: Rights, blocks: Block[]): Finding[] {
  const blocked = blocks.filter(({ until }) => until !== null);
  if (blocked.length === 0) return [];
  const some = firstOf(blocked.map(({ name, until }) => `${name} until ${displayTime(until ?? 0)}`));
  const text = `Blocked network addresses: ${some}. If the person comes from one of them, that stops them.`;
  const names = blocked.map(({ name }) => name);
  return [{ weight: 'hint', text, mend: allowAddressAction.offer({ rights, addresses: names }) }];
}

function blacklistFindings(rights: Rights, addresses: string[]): Finding[] {
  if (addresses.length === 0) return [];
  const text = `Network addresses on the panel’s IP black list: ${firstOf(addresses)}. If the person comes from one of them, that stops them.`;
  return [{ weight: 'hint', text, mend: unlistAddressAction.offer({ rights, addresses }) }];
}

/** The first few of many, as one text. */
function firstOf(all: string[]): string {
  const some = all.slice(0, 5);
  return `${some.join(', ')}${all.length > some.length ? ` and ${all.length - some.length} more` : ''}`;
}

async function loginFindings(
  client: EnhanceClient,
  rights: Rights,
  seen: Seen,
  lockdown: Read<string[] | null>,
): Promise<Finding[]> {
  const { login, place } = seen;
  const person = { personId: idOf(seen) };
  const memberships = await membershipsOf(client, rights, { loginId: login.id, place });
  const { found } = memberships;
  const findings: Finding[] = lockdownFindings(rights, memberships, lockdown);
  const closed = found.filter(({ org, member }) => org.stopped !== null || !member.isActive);
  for (const membership of closed) {
    const { org, member } = membership;
    const what = org.stopped
      ? `The organisation ${org.name} is ${org.stopped}.`
      : `The invitation to ${org.name} is not accepted yet.`;
    const all = closed.length === found.length;
    const meaning = all
      ? 'They have no other organisation that we can see, so the panel lets them in nowhere.'
      : `Elsewhere they can still act as ${member.email}.`;
    const mend = org.stopped === null ? { mend: inviteAgain.offer({ ...membership, rights }) } : {};
    findings.push({ weight: all ? 'cause' : 'hint', text: `${what} ${meaning}`, ...person, ...mend });
  }
  const words: Record<string, string> = {
    email: ' The PIN goes to this address: if no mail arrives, look at their mailbox.',
    otp: ' If the authenticator is lost, nobody else can turn it off; “Open as this person” gets past it.',
  };
  const second = lookUp(words, login.authMethod);
  const text = `${login.name} signs in with ${methodWords(login.authMethod)}.${second ?? ''}`;
  findings.push({ weight: 'hint', text, ...person });
  return findings;
}

/** The lockdown holds for members of the master organisation only, and the panel does not say where somebody comes from. */
function lockdownFindings(
  rights: Rights,
  { found }: Memberships,
  { value: addresses, failed }: Read<string[] | null>,
): Finding[] {
  const masterId = rights.memberships.find(({ isMasterOrg }) => isMasterOrg)?.orgId;
  if (!found.some(({ org, member }) => org.id === masterId && member.isActive)) return [];
  if (failed) return [{ weight: 'hint', text: `The panel’s admin lockdown can’t be read: ${failed}` }];
  if (!addresses) return [];
  const mend = admitAddress.offer({ rights });
  if (addresses.length === 0) {
    const text =
      'The panel’s admin lockdown is on and its list is empty: it lets nobody of the master organisation in.';
    return [{ weight: 'cause', text, mend }];
  }
  const text = `The panel’s admin lockdown is on: it lets people of the master organisation in from ${firstOf(addresses)} only. If the person comes from anywhere else, that stops them.`;
  return [{ weight: 'hint', text, mend }];
}

function severalRealms({ found }: LoginSearch): Finding {
  const text = `${count(found.length, 'login')} have this address, in different realms, each with a password of its own. The panel’s address decides which one is meant.`;
  return { weight: 'hint', text };
}

/** Nobody has registered with this address: they were invited, or nobody knows them. */
async function unregistered(
  client: EnhanceClient,
  rights: Rights,
  { everywhere }: LoginSearch,
  email: string,
): Promise<Finding[]> {
  const invited = await orFailure(invitationsOf(client, rights, email));
  if (invited.value?.length) return invited.value.map((membership) => notAccepted(rights, membership));
  const meaning =
    'Somebody who was invited and has not registered yet can neither sign in nor recover a password.';
  if (!everywhere) {
    const text = `No login of ${email} in the lists that your roles open. ${meaning}`;
    return [{ weight: 'hint', text, unknown: true }];
  }
  return [
    {
      weight: 'cause',
      unknown: true,
      text: `Nobody of ${email} has registered at this panel. ${meaning}`,
      mend: newLogin.offer({ rights, email }),
    },
    {
      weight: 'hint',
      unknown: true,
      text: 'Somebody who is invited chooses a password of their own; a new login gets one from you.',
      mend: invite.offer({ rights, email }),
    },
  ];
}

function notAccepted(rights: Rights, membership: Membership): Finding {
  const { org, member } = membership;
  return {
    weight: 'cause',
    text: `${member.email} was invited to ${org.name} and has not registered yet: until then they can neither sign in nor recover a password.`,
    personId: personId({
      loginId: member.loginId,
      place: { kind: 'org', id: org.id },
      email: member.email,
    }),
    mend: inviteAgain.offer({ ...membership, rights }),
  };
}

function nothingStops(rights: Rights, seen: Seen): Finding {
  const person = { personId: idOf(seen) };
  const text =
    'Nothing that the panel shows of this login itself stops it. The password may be wrong or forgotten.';
  const mend = rights.isStaff
    ? setPassword.offer({ rights })
    : sendRecovery.offer({ email: seen.login.email });
  return { weight: 'fine', text, ...person, mend };
}
