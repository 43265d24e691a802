import type { LedgerRow } from './chain.ts';

export type Actor = 'window' | 'tray' | 'shift' | 'timer' | 'start';

export const ledgerEvents = [
  'opened',
  'prompted',
  'refused',
  'refreshed',
  'switched',
  'handed-over',
  'ending-ordered',
  'sign-out-undone',
  'ended',
  'confirmed',
  'expired',
  'failed',
  'account-added',
  'account-changed',
  'account-removed',
  'vault-locked',
  'vault-unlocked',
  'network-changed',
  'copied',
  'admin',
  'possibly-alive',
] as const;
export type LedgerEvent = (typeof ledgerEvents)[number];

export function isLedgerEvent(word: string | undefined): word is LedgerEvent {
  return ledgerEvents.some((event) => event === word);
}

/** The vendor's id of a person, and their name where it is known. */
export interface Subject {
  id: string;
  name: string | null;
}

/** Who uses this computer by its operating system, and its name. */
export interface Operator {
  user: string | null;
  machine: string | null;
}

export interface LedgerEntry {
  actor: Actor;
  event: LedgerEvent;
  account?: { id: string; label: string; vendor: string; identity?: string };
  sessionId?: string;
  realmName?: string | null | undefined;
  /** Who is signed in at the vendor; absent: the account's identity. */
  signedInAs?: string | null | undefined;
  /** The person that an admin action was about. */
  subject?: Subject | null | undefined;
  /** A short word or sentence; never a secret. Longer than 200 characters is cut. */
  detail?: string | null | undefined;
}

/** What a row says of the session that it is about. */
export const aboutSession = (
  session: {
    id: string;
    accountId: string;
    vendor: string;
    realmName: string | null;
    person: string | null;
  },
  account: { label: string; identity: string } | null | undefined,
) => ({
  account: {
    id: session.accountId,
    label: account?.label ?? '',
    vendor: session.vendor,
    identity: account?.identity ?? '',
  },
  sessionId: session.id,
  realmName: session.realmName,
  signedInAs: session.person,
});

/** A row's own part; its place in the chain is added when it is sealed by the vault's key. */
export type Entry = Omit<LedgerRow, 'seq' | 'at' | 'previousHash' | 'hash'>;

/** An entry as it is stored; `operator` is who uses the computer now. */
export function entryOf(entry: LedgerEntry, operator: Operator): Entry {
  return {
    actor: entry.actor,
    event: entry.event,
    accountId: entry.account?.id ?? null,
    accountLabel: plain(entry.account?.label),
    vendor: entry.account?.vendor ?? null,
    sessionId: entry.sessionId ?? null,
    realmName: plain(entry.realmName),
    detail: plain(entry.detail),
    signedInAs: plain(entry.signedInAs) ?? plain(entry.account?.identity),
    osUser: plain(operator.user),
    machine: plain(operator.machine),
    subjectId: plain(entry.subject?.id),
    subjectName: plain(entry.subject?.name),
  };
}

/** One line without control characters, well-formed, so that what is read back is what was hashed; null for nothing. */
export function plain(text: string | null | undefined): string | null {
  if (!text) return null;
  const line = text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  if (line.length <= longest) return line;
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('')}…`;
}

const longest = 200;
