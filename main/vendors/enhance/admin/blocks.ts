import { validMomentOf } from '#lib/valid-moment.ts';
import { displayTime } from '../../kit/display.ts';
import type { EnhanceClient } from '../api/client.ts';
import { count, sameText } from '../words.ts';
import { changeList, isListed, type List } from './lists.ts';

/** What the panel's login policy has against somebody. */
export interface Block {
  /** The e-mail address, or the network address. */
  name: string;
  /** ms since 1970; null when it is not blocked at present. */
  until: number | null;
  failures: number;
}

export interface EmailBlocks {
  block: Block | null;
  blacklisted: boolean;
  whitelisted: boolean;
  /** Failures after which the panel blocks an address by itself; null when it does not. */
  threshold: number | null;
}

type Report = Awaited<ReturnType<EnhanceClient['getLoginPolicyBlockedLogins']>>;

export function blocksIn(report: Report, now: number): Block[] {
  return Object.entries(report).map(([name, row]) => {
    // The unit is not public.
    const until = validMomentOf(row.blockedUntil ?? 0) ?? 0;
    const failures = Math.max(row.currentFailures ?? 0, row.allFailures ?? 0);
    return { name, until: until > now ? until : null, failures };
  });
}

export async function emailBlocks(client: EnhanceClient, email: string, now: number): Promise<EmailBlocks> {
  const [report, black, white, policy] = await Promise.all([
    client.getLoginPolicyBlockedLogins(),
    client.getOrchdLoginPolicyEmailBlacklist(),
    client.getOrchdLoginPolicyEmailWhitelist(),
    client.getOrchdLoginPolicySettings(),
  ]);
  return {
    block: blocksIn(report, now).find(({ name }) => sameText(name, email)) ?? null,
    blacklisted: isListed(black?.emailList ?? [], email),
    whitelisted: isListed(white?.emailList ?? [], email),
    threshold:
      policy?.enabled && policy.emailAutoBlockEnabled ? (policy.emailAutoBlockThreshold ?? null) : null,
  };
}

/** The blocks as one fact; undefined when there is nothing to say. */
export function blocksInWords({ block, blacklisted, whitelisted }: EmailBlocks): string | undefined {
  const words = [
    block?.until ? `until ${displayTime(block.until)}, after ${count(block.failures, 'failed sign-in')}` : '',
    blacklisted ? 'on the panel’s e-mail black list' : '',
    whitelisted ? 'never blocked: failed sign-ins are not counted' : '',
  ].filter(Boolean);
  return words.join('; ') || undefined;
}

const emailWhitelist = (client: EnhanceClient): List => ({
  read: async () => (await client.getOrchdLoginPolicyEmailWhitelist())?.emailList ?? [],
  write: (emailList) => client.addOrchdLoginPolicyEmailWhitelist({ emailList }),
});
const emailBlacklist = (client: EnhanceClient): List => ({
  read: async () => (await client.getOrchdLoginPolicyEmailBlacklist())?.emailList ?? [],
  write: (emailList) => client.addOrchdLoginPolicyEmailBlacklist({ emailList }),
});
const ipWhitelist = (client: EnhanceClient): List => ({
  read: async () => (await client.getOrchdLoginPolicyIpWhitelist())?.ipList ?? [],
  write: (ipList) => client.addOrchdLoginPolicyIpWhitelist({ ipList }),
});

/** What leaves nothing on the list takes the list away: an empty one may mean anything to a panel. */
const ipBlacklist = (client: EnhanceClient): List => ({
  read: () => blacklistedAddresses(client),
  async write(ipList) {
    if (ipList.length > 0) return client.addOrchdLoginPolicyIpBlacklist({ ipList });
    await client.deleteOrchdLoginPolicyIpBlacklist({ ipList: await blacklistedAddresses(client) });
  },
});

export async function blacklistedAddresses(client: EnhanceClient): Promise<string[]> {
  return (await client.getOrchdLoginPolicyIpBlacklist())?.ipList ?? [];
}

/** Has the panel never block an address, and reports what the panel says of it then. */
export async function allowEmail(client: EnhanceClient, email: string, now: number): Promise<string> {
  await changeList(emailWhitelist(client), email, true);
  const { block, blacklisted } = await emailBlocks(client, email, now);
  const left = block?.until ? ` The panel still reports a block until ${displayTime(block.until)}.` : '';
  const black = blacklisted ? ' It is on the black list too: take it off there.' : '';
  return `The panel never blocks ${email} from now on: failed sign-ins are no longer counted for it.${left}${black}`;
}

export async function disallowEmail(client: EnhanceClient, email: string): Promise<string> {
  await changeList(emailWhitelist(client), email, false);
  return `The panel may block ${email} again: failed sign-ins are counted again.`;
}

export async function unlistEmail(client: EnhanceClient, email: string): Promise<string> {
  await changeList(emailBlacklist(client), email, false);
  return `${email} is off the panel’s e-mail black list.`;
}

export async function allowAddress(client: EnhanceClient, address: string, now: number): Promise<string> {
  await changeList(ipWhitelist(client), address, true);
  const block = blocksIn(await client.getLoginPolicyBlockedIps(), now).find(({ name }) => name === address);
  const left = block?.until ? ` The panel still reports a block until ${displayTime(block.until)}.` : '';
  return `The panel never blocks ${address} from now on.${left}`;
}

export async function unlistAddress(client: EnhanceClient, address: string): Promise<string> {
  await changeList(ipBlacklist(client), address, false);
  return `${address} is off the panel’s IP black list.`;
}
