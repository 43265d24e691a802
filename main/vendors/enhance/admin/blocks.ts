import { GatehouseError } from '#contract/failure.ts';
import { validMomentOf } from '#lib/valid-moment.ts';
import { displayTime } from '../../kit/display.ts';
import type { EnhanceClient } from '../api/client.ts';
import { count, sameText } from '../words.ts';

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
    blacklisted: has(black?.emailList ?? [], email),
    whitelisted: has(white?.emailList ?? [], email),
    threshold:
      policy?.enabled && policy.emailAutoBlockEnabled ? (policy.emailAutoBlockThreshold ?? null) : null,
  };
}

/** The blocks as one fact; undefined when there is nothing to say. */
export function blocksInWords({ block, blacklisted, whitelisted }: EmailBlocks): string | undefined {
  const words = [
    block?.until ? `until ${displayTime(block.until)}, after ${count(block.failures, 'failed sign-in')}` : '',
    blacklisted ? 'on the panel’s e-mail black list' : '',
    whitelisted ? 'on the e-mail white list: failed sign-ins are not counted' : '',
  ].filter(Boolean);
  return words.join('; ') || undefined;
}

interface List {
  read(): Promise<string[]>;
  write(entries: string[]): Promise<void>;
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

const has = (entries: string[], entry: string) => entries.some((one) => sameText(one, entry));

/** The panel takes a list only as a whole, so it is read just before and again afterwards: the panel's word wins. */
async function change(list: List, entry: string, wanted: boolean): Promise<void> {
  const before = await list.read();
  if (has(before, entry) === wanted) return;
  await list.write(wanted ? [...before, entry] : before.filter((one) => !sameText(one, entry)));
  if (has(await list.read(), entry) === wanted) return;
  throw new GatehouseError({
    kind: 'conflict',
    message: 'Somebody else changed this list of the panel at the same moment, and theirs is what holds now.',
    advice: 'Look at it again, then repeat what you did if it is still due.',
  });
}

/** Adds an address to a white list, and reports what the panel says of it then. */
export async function allowEmail(client: EnhanceClient, email: string, now: number): Promise<string> {
  await change(emailWhitelist(client), email, true);
  const { block, blacklisted } = await emailBlocks(client, email, now);
  const left = block?.until ? ` The panel still reports a block until ${displayTime(block.until)}.` : '';
  const black = blacklisted ? ' It is on the black list too: take it off there.' : '';
  return `${email} is on the panel’s e-mail white list: failed sign-ins are no longer counted for it.${left}${black}`;
}

export async function disallowEmail(client: EnhanceClient, email: string): Promise<string> {
  await change(emailWhitelist(client), email, false);
  return `${email} is off the panel’s e-mail white list: failed sign-ins are counted again.`;
}

export async function unlistEmail(client: EnhanceClient, email: string): Promise<string> {
  await change(emailBlacklist(client), email, false);
  return `${email} is off the panel’s e-mail black list.`;
}

export async function allowAddress(client: EnhanceClient, address: string, now: number): Promise<string> {
  await change(ipWhitelist(client), address, true);
  const block = blocksIn(await client.getLoginPolicyBlockedIps(), now).find(({ name }) => name === address);
  const left = block?.until ? ` The panel still reports a block until ${displayTime(block.until)}.` : '';
  return `${address} is on the panel’s IP white list.${left}`;
}
