import type { Finding } from '#contract/admin.ts';
import { lookUp } from '#lib/look-up.ts';
import { displayTime } from '../../kit/display.ts';
import { orFailure } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import { inSession } from '../session/secret.ts';
import { count, methodWords } from '../words.ts';
import { type Block, blocksIn, type EmailBlocks, emailBlocks } from './blocks.ts';
import { type LoginSearch, type Seen, searchLogins } from './find-login.ts';
import { newLogin, sendRecovery, setPassword } from './login-actions.ts';
import { membershipsOf } from './memberships.ts';
import { personId } from './person-id.ts';
import { allowAddressAction, allowEmailAction, unlistEmailAction } from './policy-actions.ts';
import { masterAdmin, type Rights, rightsOf } from './rights.ts';

const idOf = ({ login, place }: Seen) => personId({ loginId: login.id, place, email: login.email });

/** Why somebody of this e-mail address can't sign in, as far as this session's roles show. */
export async function whyNot(context: VendorContext, secret: Json, typed: string): Promise<Finding[]> {
  const email = typed.trim();
  if (!email.includes('@')) return [];
  const client = inSession(context, secret);
  const rights = await rightsOf(client);
  const [search, policy] = await Promise.all([
    searchLogins(context, client, rights, email),
    policyFindings(context, client, rights, email),
  ]);
  const logins = await Promise.all(search.found.map((seen) => loginFindings(client, rights, seen)));
  const person = search.found[0] ? { personId: idOf(search.found[0]) } : {};
  const findings = [
    ...policy.map((finding) => ({ ...finding, ...person })),
    ...logins.flat(),
    ...(search.found.length > 1 ? [severalRealms(search)] : []),
    ...(search.found.length === 0 ? [nobody(rights, search, email)] : []),
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
  const [blocks, addresses] = await Promise.all([
    orFailure(emailBlocks(client, email, context.now())),
    orFailure(client.getLoginPolicyBlockedIps()),
  ]);
  const failed = blocks.failed ?? addresses.failed;
  return [
    ...(blocks.value ? emailFindings(rights, email, blocks.value) : []),
    ...addressFindings(rights, blocksIn(addresses.value ?? {}, context.now())),
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
  const some = blocked.slice(0, 5).map(({ name, until }) => `${name} until ${displayTime(until ?? 0)}`);
  const more = blocked.length > some.length ? ` and ${blocked.length - some.length} more` : '';
  const text = `Blocked network addresses: ${some.join(', ')}${more}. If the person comes from one of them, that stops them.`;
  const names = blocked.map(({ name }) => name);
  return [{ weight: 'hint', text, mend: allowAddressAction.offer({ rights, addresses: names }) }];
}

async function loginFindings(client: EnhanceClient, rights: Rights, seen: Seen): Promise<Finding[]> {
  const { login, place } = seen;
  const person = { personId: idOf(seen) };
  const { found } = await membershipsOf(client, rights, { loginId: login.id, place });
  const findings: Finding[] = [];
  const closed = found.filter(({ org, member }) => org.stopped !== null || !member.isActive);
  for (const { org, member } of closed) {
    const what = org.stopped
      ? `The organisation ${org.name} is ${org.stopped}.`
      : `The membership in ${org.name} is not active.`;
    const all = closed.length === found.length;
    const meaning = all
      ? 'They have no other organisation that we can see, so the panel lets them in nowhere.'
      : `Elsewhere they can still act as ${member.email}.`;
    findings.push({ weight: all ? 'cause' : 'hint', text: `${what} ${meaning}`, ...person });
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

function severalRealms({ found }: LoginSearch): Finding {
  const text = `${count(found.length, 'login')} have this address, in different realms, each with a password of its own. The panel’s address decides which one is meant.`;
  return { weight: 'hint', text };
}

function nobody(rights: Rights, { everywhere }: LoginSearch, email: string): Finding {
  const invited =
    'Somebody who was invited and has not registered yet can neither sign in nor recover a password.';
  if (!everywhere) {
    const text = `No login of ${email} in the lists that your roles open. ${invited}`;
    return { weight: 'hint', text };
  }
  const text = `Nobody of ${email} has registered at this panel. ${invited}`;
  return { weight: 'cause', text, mend: newLogin.offer({ rights, email }) };
}

function nothingStops(rights: Rights, seen: Seen): Finding {
  const person = { personId: idOf(seen) };
  const text = 'Nothing that the panel shows here stops this login. The password may be wrong or forgotten.';
  const mend = rights.isStaff
    ? setPassword.offer({ rights })
    : sendRecovery.offer({ email: seen.login.email });
  return { weight: 'fine', text, ...person, mend };
}
