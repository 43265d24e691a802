import { z } from 'zod';
import { colours } from './colours.ts';
import { failure } from './failure.ts';
import { sidebarWidth } from './limits.ts';

/** Everything here is a projection for the screen: no field may ever hold a secret. Times are ms since 1970. */

export const realm = z.object({ id: z.string(), name: z.string() });
export type Realm = z.infer<typeof realm>;

export const formField = z.object({
  name: z.string(),
  label: z.string(),
  /**
   * `choices`: some of the options; the value is theirs joined with commas. `organisation`: the id of one that is chosen by
   * search (`people.organisations`).
   */
  type: z.enum([
    'text',
    'url',
    'email',
    'password',
    'authenticator-secret',
    'select',
    'multiline',
    'choices',
    'organisation',
  ]),
  required: z.boolean(),
  /** A secret goes in and never comes back; the form shows only whether one is stored. */
  secret: z.boolean(),
  help: z.string().optional(),
  placeholder: z.string().optional(),
  initial: z.string().optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  /** The field is shown only while another field holds one of these values. */
  when: z.object({ field: z.string(), is: z.array(z.string()) }).optional(),
  /** What tells two accounts at one address apart: the name of the person who signs in, or something that only the vendor's staff read. */
  identifies: z.enum(['person', 'other']).optional(),
  /** For `url`: what every such address ends in ("/api"); the form offers to put it there. */
  endsIn: z.string().optional(),
});
export type FormField = z.infer<typeof formField>;

export const abilities = [
  'who-am-i',
  'realms',
  'switch-realm',
  'remote-sessions',
  'end-remote-session',
  'end-other-sessions',
  'end-all-sessions',
  'test',
  'people',
  'own-login',
  'recovery',
  'why',
  'hand-over',
  'copy',
] as const;
export const ability = z.enum(abilities);
export type Ability = z.infer<typeof ability>;

/** What the screens know of a vendor; they ask for abilities and words, never for a vendor's name. */
export const vendor = z.object({
  id: z.string(),
  name: z.string(),
  /** What it is to a support agent: "hosting", "payments" … */
  purpose: z.string(),
  /** The vendor's words: what a realm is called there, where sessions are ("at the panel"). */
  words: z.object({ realm: z.string(), realms: z.string(), place: z.string() }),
  form: z.array(formField),
  /** Help of the form's realm field; absent where an account is not about a realm. */
  realmHelp: z.string().optional(),
  /** A realm that the vendor can't list may be typed: the label, placeholder and help of that field. */
  otherRealm: z.object({ label: z.string(), placeholder: z.string(), help: z.string() }).optional(),
  /** Ways in beside the ordinary one, each with the fields asked for at that moment (a pasted one-time link). */
  ways: z.array(z.object({ id: z.string(), label: z.string(), fields: z.array(formField) })),
  abilities: z.array(ability),
  /** A sentence that belongs over the account form (deprecated operations and the like). */
  notice: z.string().optional(),
});
export type Vendor = z.infer<typeof vendor>;

export const colour = z.enum(colours);

export const account = z.object({
  id: z.string(),
  vendor: z.string(),
  label: z.string(),
  baseUrl: z.string(),
  /** Who signs in, as a person would say it: an e-mail, a user name, a server name. */
  identity: z.string(),
  /** The form's fields that are no secrets. */
  values: z.record(z.string(), z.string()),
  /** Names of the secret fields that hold something. */
  storedSecrets: z.array(z.string()),
  realm: realm.nullable(),
  tags: z.array(z.string()),
  colour,
  practice: z.boolean(),
  createdAt: z.number(),
  /** What the team should know of it; absent: nothing is noted. */
  notes: z.string().optional(),
});
export type Account = z.infer<typeof account>;

export const sessionStates = [
  'signing-in',
  'waiting',
  'active',
  'expired',
  'ending',
  'ended',
  'failed',
] as const;
export const sessionState = z.enum(sessionStates);
export type SessionState = z.infer<typeof sessionState>;

export const ending = z.object({
  orderedAt: z.number(),
  attempts: z.number().int(),
  nextTryAt: z.number().nullable(),
  lastFailure: failure.nullable(),
  /** Nothing more can be done after this moment: the token has died by itself. */
  tokenValidUntil: z.number().nullable(),
  /** Until then it can be undone; absent where it can't. */
  undoUntil: z.number().optional(),
});

/** A realm that refused a login. */
export const realmRefusal = z.object({
  realmId: z.string(),
  /** Why, in a sentence. */
  message: z.string(),
  /** ms since 1970. */
  at: z.number(),
});
export type RealmRefusal = z.infer<typeof realmRefusal>;

export const session = z.object({
  id: z.string(),
  accountId: z.string(),
  /** The label of an account that is not on the list: removed, or only tested. */
  formerAccount: z.string().nullable(),
  vendor: z.string(),
  realm: realm.nullable(),
  state: sessionState,
  /** How it was signed in: "password", "e-mail PIN", "one-time link" … */
  method: z.string().nullable(),
  /** The name the vendor gives the person, once known. */
  person: z.string().nullable(),
  startedAt: z.number(),
  openedAt: z.number().nullable(),
  /** The vendor's own word on expiry; null where the vendor states none. */
  expiresAt: z.number().nullable(),
  /** How its end can be put off: by using it, or by a new token; `not` says why this one's can't. Absent where the vendor has no such way. */
  renewal: z.object({ how: z.enum(['keep-alive', 'renew']), not: z.string().optional() }).optional(),
  /** The last time the vendor confirmed that it is alive. */
  checkedAt: z.number().nullable(),
  /** A check that could not be made (network) leaves the state as it was and says so here. */
  checkFailure: failure.nullable(),
  /** Why it failed or expired; stays until dismissed. */
  failure: failure.nullable(),
  /** Realms that were tried from this session and refused the login, until one of its account is let in. */
  refusals: z.array(realmRefusal),
  ending: ending.nullable(),
  endedAt: z.number().nullable(),
  /** `vendor`: it has confirmed; `here`: it can't be told to, the token stays valid until expiresAt; `expired`: the token ran
   * out by itself; `possibly-alive`: nobody can tell whether the vendor holds a session. */
  endedHow: z.enum(['here', 'vendor', 'expired', 'possibly-alive']).nullable(),
});
export type Session = z.infer<typeof session>;

export const pushTarget = z.object({ id: z.string(), label: z.string(), detail: z.string() });

/** What a prompt asks for; the renderer draws one form a kind. Each kind says which values `prompts.answer` brings. */
export const ask = z.discriminatedUnion('kind', [
  /** Answer: `code` (as typed, blanks and hyphens taken out), and `remember` (boolean) where `rememberDays` is there. */
  z.object({
    kind: z.literal('code'),
    /** "e-mail", "SMS", "authenticator app". */
    medium: z.string(),
    sentTo: z.string().optional(),
    /** How many boxes to draw; any length is accepted, unless `exact`. */
    boxes: z.number().int(),
    /** Every code has as many characters as there are boxes: one so long is sent by itself, and none that is shorter. */
    exact: z.boolean().optional(),
    numeric: z.boolean(),
    canSendAgain: z.boolean(),
    /** Other media that "send again" may use. */
    media: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
    /** Days for which the vendor can remember this device; absent when it can't. */
    rememberDays: z.number().int().optional(),
    /** What a wrong answer does at this vendor. */
    warning: z.string().optional(),
  }),
  /** Answer: `password`. */
  z.object({ kind: z.literal('password'), label: z.string(), warning: z.string().optional() }),
  /** Answer: `password` (the new one), and `old` where `needsOld`. */
  z.object({
    kind: z.literal('new-password'),
    label: z.string(),
    needsOld: z.boolean(),
    minLength: z.number().int().optional(),
    maxLength: z.number().int().optional(),
    rules: z.array(z.string()),
  }),
  /** Answer: `password`, the groups of the pressed buttons joined with `|`. */
  z.object({
    kind: z.literal('virtual-keyboard'),
    label: z.string(),
    /**
     * Layouts, each a list of buttons; a button is the group of characters that it stands for. The first press is made
     * on the first layout, the next on the second, and so on, beginning again after the last.
     */
    combinations: z.array(z.array(z.string())),
    buttonsPerRow: z.number().int(),
  }),
  /** Answer: one value per agreement, its id, `true` when accepted. */
  z.object({
    kind: z.literal('agreements'),
    agreements: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        required: z.boolean(),
        /** What it says, in lines of plain text; absent where the vendor does not tell. */
        content: z.string().optional(),
      }),
    ),
  }),
  /** Answer: `choice`, the id of the option. */
  z.object({
    kind: z.literal('choice'),
    label: z.string(),
    options: z.array(z.object({ id: z.string(), label: z.string() })),
  }),
  /** Answer: none; what the person does on the page of somebody else that has opened in a window of its own settles it. */
  z.object({
    kind: z.literal('page'),
    /** Who signs the person in there. */
    name: z.string(),
    /** Where the page begins. */
    host: z.string(),
  }),
  /** Answer: none; the phone settles it. `prompts.push` takes a target's id, or `user:NAME` where `canPushToUser`. */
  z.object({
    kind: z.literal('scan'),
    /** What the QR code says. */
    payload: z.string(),
    stage: z.enum(['ready', 'scanned', 'pushed', 'approved', 'refused', 'no-account']),
    /** Whose phone it enrols; absent for a sign-in. */
    enrols: z.string().optional(),
    /** The moment a new code is fetched; null for a code that is good as long as the prompt. */
    staleAt: z.number().nullable(),
    /** "socket" or "polling". */
    listening: z.string(),
    /** What the phone will show. */
    phoneShows: z.string(),
    /** The one that was used last is the first. */
    pushTargets: z.array(pushTarget),
    /** Whether a user name may be typed to push to. */
    canPushToUser: z.boolean(),
  }),
]);
export type Challenge = z.infer<typeof ask>;

export const prompt = z.object({
  id: z.string(),
  accountId: z.string(),
  sessionId: z.string(),
  vendor: z.string(),
  realm: realm.nullable(),
  ask,
  /** `open`: waiting for the person; `checking`: the answer is at the vendor; `refused`: over, see failure. */
  state: z.enum(['open', 'checking', 'refused']),
  /** Of the last answer; with `open` the person may answer again, with `refused` only start again. */
  failure: failure.nullable(),
  attempt: z.number().int(),
  askedAt: z.number(),
  deadline: z.number(),
  sendAgainAt: z.number().nullable(),
});
export type Prompt = z.infer<typeof prompt>;

export const vaultState = z.object({
  state: z.enum(['new', 'locked', 'unlocked', 'broken']),
  /** Which back end wrapped the data key: "passphrase", or the keyring's name. */
  protection: z.array(z.string()),
  /** `available` null: it is being asked, which takes as long as the person needs to answer the system. */
  keyring: z.object({ available: z.boolean().nullable(), backend: z.string() }),
  hasPassphrase: z.boolean(),
  /** A recovery code opens it too. */
  hasRecovery: z.boolean(),
  failure: failure.nullable(),
  locksAt: z.number().nullable(),
});
export type VaultState = z.infer<typeof vaultState>;

/** How Gatehouse reaches servers that are not on this computer. */
export const proxySettings = z.object({
  mode: z.enum(['system', 'manual', 'none']),
  /** For `manual`: "http://proxy.example:8080"; https, socks4 and socks5 too. */
  address: z.string().max(300),
  /** Hosts that are reached without it, separated by commas; "<-loopback>" sends this computer's own addresses there as well. */
  exceptions: z.string().max(4_000),
});
export type ProxySettings = z.infer<typeof proxySettings>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  closeToTray: z.boolean(),
  /** Minutes of no input before the vault locks; 0 is never. */
  autoLockMinutes: z
    .number()
    .int()
    .min(0)
    .max(24 * 60),
  lockOnSuspend: z.boolean(),
  notifications: z.boolean(),
  /** What a sign-in does that needs the person: brings the window up, unless they type elsewhere, or is only notified. */
  onPrompt: z.enum(['raise', 'notify']),
  warnBeforeExpiryMinutes: z.array(z.number().int().min(1)),
  onQuit: z.enum(['ask', 'end-all', 'keep-all']),
  /** Keys that sign out everywhere from any program. */
  signOutShortcut: z.boolean(),
  /** What becomes of vendors' consoles at a lock: hidden until the unlock, or closed and wiped. */
  consolesOnLock: z.enum(['hide', 'close']),
  proxy: proxySettings,
});
export type Settings = z.infer<typeof settings>;

export const defaultSettings: Settings = {
  theme: 'system',
  closeToTray: true,
  autoLockMinutes: 15,
  lockOnSuspend: true,
  notifications: true,
  onPrompt: 'raise',
  warnBeforeExpiryMinutes: [30, 5],
  onQuit: 'ask',
  signOutShortcut: false,
  consolesOnLock: 'hide',
  proxy: { mode: 'system', address: '', exceptions: '' },
};

/** Whether there is a newer Gatehouse, and how far it has come. */
export const updates = z.object({
  /** `off`: none are looked for, see failure. `idle`: nothing newer is known. `ready`: downloaded; a restart installs it. */
  state: z.enum(['off', 'idle', 'checking', 'downloading', 'ready']),
  /** Why they are off, or why the last look or download came to nothing. */
  failure: failure.nullable(),
  /** What is new: its version, '' while nothing is, and what its makers say of it (plain text). */
  version: z.string(),
  notes: z.string(),
  /** How much of it is here, 0 to 1. */
  progress: z.number(),
  /** The last time that the server was asked with success. */
  checkedAt: z.number().nullable(),
});
export type Updates = z.infer<typeof updates>;

export const noUpdates: Updates = {
  state: 'off',
  failure: null,
  version: '',
  notes: '',
  progress: 0,
  checkedAt: null,
};

/** What the network of a company needs beside the settings; none of it before the first unlock, as it is sealed. */
export const networkState = z.object({
  /** Authorities that are trusted beside those of this computer. */
  authorities: z.array(
    z.object({
      name: z.string(),
      /** SHA-256, in hex with colons. */
      fingerprint: z.string(),
      expiresAt: z.number(),
    }),
  ),
  /** Proxies whose user name and password are stored. */
  signIns: z.array(z.object({ proxy: z.string(), user: z.string() })),
  /** A proxy asks the person to sign in; `refused`: what is stored for it is not right; `later`: the person said not now. */
  wanted: z.object({ proxy: z.string(), refused: z.boolean(), later: z.boolean() }).nullable(),
  /** Why what is stored of it can't be used. */
  failure: failure.nullable(),
});
export type NetworkState = z.infer<typeof networkState>;

export const emptyNetwork: NetworkState = { authorities: [], signIns: [], wanted: null, failure: null };

/** How the practice servers answer: as they should, late, or not at all. */
export const practiceBehaviour = z.enum(['well', 'slowly', 'failing']);
export type PracticeBehaviour = z.infer<typeof practiceBehaviour>;

export const practiceOff = {
  state: 'off',
  inboxUrl: null,
  phones: [],
  behaviour: 'well',
  failure: null,
} satisfies z.infer<typeof appInfo>['practice'];

export const appInfo = z.object({
  /** "Electron 45.4.1" or "Chromium 156 (stand-in host)". */
  host: z.string(),
  version: z.string(),
  online: z.boolean(),
  practice: z.object({
    state: z.enum(['off', 'starting', 'running', 'failed']),
    /** Where PINs, SMS and mails of the practice servers can be read. */
    inboxUrl: z.string().nullable(),
    /** Vendors whose people approve sign-ins on a phone, which is a page here. */
    phones: z.array(z.string()),
    /** What was asked of the servers, to see what Gatehouse does about it. */
    behaviour: practiceBehaviour,
    failure: failure.nullable(),
  }),
  /** The store could not be opened or written: named here, and nothing is written over it. */
  storeFailure: failure.nullable(),
  /** What a store that can't be used may be replaced by, the newest first; empty while the store is sound. */
  backups: z.array(z.object({ name: z.string(), madeAt: z.number(), bytes: z.number() })),
  dataFolder: z.string(),
  /** The desktop's habits differ by it. */
  system: z.enum(['macos', 'windows', 'wayland', 'x11']),
  /** Whether the keys that sign out everywhere from any program are taken; refused: another program has them. */
  signOutShortcut: z.enum(['off', 'on', 'refused']),
  updates,
  network: networkState,
});
export type AppInfo = z.infer<typeof appInfo>;

/** A saved set of accounts that are opened together and ended together. */
export const shift = z.object({
  id: z.string(),
  name: z.string(),
  members: z.array(z.object({ accountId: z.string(), realm: realm.nullable() })),
});
export type Shift = z.infer<typeof shift>;

/** How the person has arranged the list of accounts. */
export const sidebar = z.object({
  grouping: z.enum(['vendor', 'realm', 'tag', 'shift']),
  /** px; null: as wide as suits the window. */
  width: z.number().int().min(sidebarWidth.least).max(sidebarWidth.most).nullable(),
  /** Only icons are shown. */
  collapsed: z.boolean(),
  /** Ids of the accounts that stand over all groups, in the person's order. */
  pinned: z.array(z.string().max(100)).max(200),
  /** Ids of the accounts that the person has moved, and of those that stand before them in their group, in that order; the others follow by name. */
  order: z.array(z.string().max(100)).max(2_000),
  filters: z
    .array(
      z.object({
        name: z.string().min(1).max(60),
        text: z.string().max(200),
        tag: z.string().max(40).nullable(),
      }),
    )
    .max(30),
});
export type Sidebar = z.infer<typeof sidebar>;

export const defaultSidebar: Sidebar = {
  grouping: 'vendor',
  width: null,
  collapsed: false,
  pinned: [],
  order: [],
  filters: [],
};

const receiptLine = z.object({
  sessionId: z.string(),
  account: z.string(),
  vendor: z.string(),
  realm: z.string().nullable(),
  /** Who was signed in, and since when. Receipts of earlier versions don't say. */
  person: z.string().nullable().default(null),
  openedAt: z.number().nullable().default(null),
  /** `ending` while it is owed; otherwise how it ended, as on the session. */
  how: z.enum(['ending', 'here', 'vendor', 'expired', 'possibly-alive']),
  /** In words: "confirmed by the vendor", "token valid until 17:02". */
  words: z.string(),
  at: z.number().nullable(),
});

/** How many sessions were ended together and how each was confirmed; open until every line has a stated end. */
export const receipt = z.object({
  id: z.string(),
  /** "Morning desk", "Everywhere", "3 selected accounts". */
  title: z.string(),
  orderedAt: z.number(),
  /** When the person was done with it; it stays in the list. */
  doneAt: z.number().nullable().default(null),
  lines: z.array(receiptLine),
});
export type Receipt = z.infer<typeof receipt>;

/** A receipt in the list of all. */
export const receiptHead = receipt
  .omit({ lines: true })
  .extend({ sessions: z.number().int(), settled: z.number().int() });
export type ReceiptHead = z.infer<typeof receiptHead>;

/** Which rows of the ledger; `text` is searched in all of a row, `person` in who acted and whom it was done for. */
export const ledgerFilter = z.object({
  event: z.string().max(40).optional(),
  text: z.string().max(200).optional(),
  person: z.string().max(200).optional(),
  /** ms since 1970: not before the one and before the other. */
  from: z.number().optional(),
  until: z.number().optional(),
});

/** A filter of the ledger under a name; `days`: today and so many days before it. */
export const ledgerView = z.object({
  name: z.string().trim().min(1).max(80),
  filter: ledgerFilter.omit({ from: true, until: true }).extend({
    days: z.number().int().min(0).max(3660).optional(),
    /** Local days, "2026-11-24", both included. */
    from: z.string().max(10).optional(),
    to: z.string().max(10).optional(),
    accountId: z.string().max(200).optional(),
    shiftId: z.string().max(200).optional(),
  }),
});
export type LedgerView = z.infer<typeof ledgerView>;

export const ledgerRow = z.object({
  seq: z.number().int(),
  at: z.number(),
  actor: z.string(),
  event: z.string(),
  accountId: z.string().nullable(),
  accountLabel: z.string().nullable(),
  vendor: z.string().nullable(),
  sessionId: z.string().nullable(),
  realmName: z.string().nullable(),
  detail: z.string().nullable(),
  /** Who was signed in at the vendor. Rows of earlier versions have none of these five. */
  signedInAs: z.string().nullable(),
  /** Who used the computer by its operating system, and its name. */
  osUser: z.string().nullable(),
  machine: z.string().nullable(),
  /** The vendor's id and the name of the person that an admin action was about. */
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  hash: z.string(),
});
export type LedgerRow = z.infer<typeof ledgerRow>;

/** An order to end a session of a vendor's list that was opened elsewhere. Times are ms since 1970. */
export const remoteEnding = z.object({
  id: z.string(),
  /** The session in whose list it was. */
  sessionId: z.string(),
  accountId: z.string(),
  remoteId: z.string(),
  /** Where it was opened, in words. */
  where: z.string(),
  /** Until then it can be undone. */
  undoUntil: z.number().nullable(),
  /** Null: it waits for a session of the account, or was refused for good. */
  nextTryAt: z.number().nullable(),
  failure: failure.nullable(),
});
export type RemoteEnding = z.infer<typeof remoteEnding>;

export const snapshot = z.object({
  vendors: z.array(vendor),
  accounts: z.array(account),
  sessions: z.array(session),
  prompts: z.array(prompt),
  shifts: z.array(shift),
  receipts: z.array(receipt),
  sidebar,
  remoteEndings: z.array(remoteEnding),
  vault: vaultState,
  settings,
  appInfo,
});
export type Snapshot = z.infer<typeof snapshot>;

/** A batch of changed entities; `null` means gone. */
export const change = z.discriminatedUnion('entity', [
  z.object({ entity: z.literal('account'), id: z.string(), value: account.nullable() }),
  z.object({ entity: z.literal('session'), id: z.string(), value: session.nullable() }),
  z.object({ entity: z.literal('prompt'), id: z.string(), value: prompt.nullable() }),
  z.object({ entity: z.literal('shift'), id: z.string(), value: shift.nullable() }),
  z.object({ entity: z.literal('receipt'), id: z.string(), value: receipt.nullable() }),
  z.object({ entity: z.literal('remote-ending'), id: z.string(), value: remoteEnding.nullable() }),
  /** A receipt of a thousand lines does not cross the bridge again for each of them. */
  z.object({ entity: z.literal('receipt-line'), receiptId: z.string(), value: receiptLine }),
  /** How far a directory export has come; null when it is over. */
  z.object({
    entity: z.literal('export'),
    id: z.string(),
    value: z.object({ rows: z.number(), total: z.number().nullable() }).nullable(),
  }),
  /** How many bytes of a picture have been sent from a session; null when it is over. */
  z.object({
    entity: z.literal('upload'),
    id: z.string(),
    value: z.object({ sent: z.number(), total: z.number() }).nullable(),
  }),
  z.object({ entity: z.literal('sidebar'), value: sidebar }),
  z.object({ entity: z.literal('vault'), value: vaultState }),
  z.object({ entity: z.literal('settings'), value: settings }),
  z.object({ entity: z.literal('appInfo'), value: appInfo }),
  /** Lock and unlock replace everything: read the snapshot again. */
  z.object({ entity: z.literal('everything') }),
]);
export type Change = z.infer<typeof change>;

/** What main asks the window to do (from the tray, a notification, a second start). */
export const request = z.discriminatedUnion('what', [
  z.object({ what: z.literal('show-prompts') }),
  z.object({ what: z.literal('show-receipt'), receiptId: z.string() }),
  /** `update`: what is new is installed on the way. */
  z.object({
    what: z.literal('confirm-quit'),
    activeSessions: z.number().int(),
    update: z.boolean().optional(),
  }),
]);
export type Request = z.infer<typeof request>;

export const identity = z.object({
  name: z.string(),
  detail: z.string().optional(),
  /** Label and value pairs as the vendor's words have them (authentication method, registered …). */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type Identity = z.infer<typeof identity>;

export const membership = z.object({
  realm,
  /** The vendor's roles, spelt as the vendor does. */
  roles: z.array(z.string()),
  detail: z.string().optional(),
  /** "master", "locked" … a word shown as a badge. */
  badge: z.string().optional(),
  /** Why this person can't sign in to it (deactivated, no realm of its own); absent where they can. */
  closed: z.string().optional(),
  here: z.boolean(),
});
export type Membership = z.infer<typeof membership>;

export const remoteSession = z.object({
  id: z.string(),
  where: z.string().nullable(),
  browser: z.string().nullable(),
  address: z.string().nullable(),
  openedAt: z.number().nullable(),
  person: z.string().optional(),
  /** `this`: the session asked about; `ours`: another one that Gatehouse opened. */
  mark: z.enum(['this', 'ours', 'other']),
  /** Gatehouse's own session id when the mark is ours or this. */
  sessionId: z.string().optional(),
  /** What is suspicious about it, in a sentence. */
  warning: z.string().optional(),
  canEnd: z.boolean(),
});
export type RemoteSession = z.infer<typeof remoteSession>;

/** How many sessions were open today, by the ledger. Times are ms since 1970, days and hours local. */
export const openToday = z.object({
  /** The most that were open in each hour from midnight to the present one. */
  hours: z.array(z.object({ at: z.number(), open: z.number().int() })),
  /** The most that were open at once, and since when. */
  most: z.object({ at: z.number(), open: z.number().int() }),
  /** How many are open now. */
  open: z.number().int(),
});
export type OpenToday = z.infer<typeof openToday>;

/** A session of a login that its vendor lists and Gatehouse did not open. */
export const elsewhere = z.object({
  accountId: z.string(),
  /** The session in whose list it is. */
  sessionId: z.string(),
  remoteId: z.string(),
  where: z.string().nullable(),
  browser: z.string().nullable(),
  openedAt: z.number().nullable(),
  canEnd: z.boolean(),
});
export type Elsewhere = z.infer<typeof elsewhere>;
