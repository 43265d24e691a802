import { z } from 'zod';
import { formField, realm } from './shapes.ts';

/** What crosses the bridge for the admin desk. All texts come from vendors or say a vendor's fact; none is a secret. */

/** Something that a person may do; a right that is missing is named instead of hiding it without a word. */
export const action = z.object({
  id: z.string(),
  /** A verb phrase for the button: "Reset password". */
  label: z.string(),
  fields: z.array(formField),
  /** Asked before it is done; absent: it is done at once (or its form is confirmation enough). */
  confirm: z.string().optional(),
  danger: z.boolean(),
  /** What the other person will notice: "They get an e-mail with a link." */
  effect: z.string().optional(),
  /** Set when the session's rights do not allow it. */
  missingRight: z.string().optional(),
  /** `password`: the form's new password may be generated here; `file`: takes an image file; `window`: opens a console window. */
  special: z.enum(['password', 'image', 'window']).optional(),
});
export type Action = z.infer<typeof action>;

/** What an action came to, in a sentence; `otpUrl` is shown as a QR code once and not kept. */
export const outcome = z.object({
  message: z.string(),
  /** A person to go to (a conflict names the one that exists; a new one was made). */
  personId: z.string().optional(),
  /** An otpauth link to scan; shown once. */
  qr: z.string().optional(),
  /** A further action that completes this one ("enter the PIN"). */
  next: action.optional(),
});
export type Outcome = z.infer<typeof outcome>;

/** One table of people that a session can look into: "All logins", "Logins of an organisation". */
export const directorySource = z.object({
  id: z.string(),
  label: z.string(),
  /** It is about one organisation, which is chosen first. */
  needsOrganisation: z.boolean(),
  columns: z.array(z.object({ id: z.string(), label: z.string(), sortable: z.boolean() })),
  /** The vendor's own search; absent: only what is loaded can be searched. */
  search: z.string().optional(),
  /** The vendor finds somebody by a whole e-mail address: a query's `search` may be one where there is no other search. */
  findsEmail: z.boolean().optional(),
  filters: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
  missingRight: z.string().optional(),
  /** Actions on the table as a whole ("New login"). */
  actions: z.array(action),
});
export type DirectorySource = z.infer<typeof directorySource>;

export const directoryQuery = z.object({
  source: z.string().max(60),
  organisation: z.string().max(100).optional(),
  search: z.string().max(200).optional(),
  filters: z.record(z.string().max(60), z.string().max(100)).optional(),
  sort: z.string().max(60).optional(),
  descending: z.boolean().optional(),
});
export type DirectoryQuery = z.infer<typeof directoryQuery>;

export const directoryRow = z.object({ id: z.string(), cells: z.record(z.string(), z.string()) });
export type DirectoryRow = z.infer<typeof directoryRow>;

export const directoryPage = z.object({ rows: z.array(directoryRow), total: z.number().int().nullable() });
export type DirectoryPage = z.infer<typeof directoryPage>;

const table = z.object({
  title: z.string(),
  columns: z.array(z.object({ id: z.string(), label: z.string() })),
  rows: z.array(
    z.object({ id: z.string(), cells: z.record(z.string(), z.string()), actions: z.array(action) }),
  ),
  /** What an empty table means. */
  empty: z.string(),
  /** The table's own failure; the rest of the page is good. */
  failed: z.string().optional(),
});

/** A person, or one's own login: facts, tables (organisations, devices, sessions) and what may be done. */
export const personPage = z.object({
  id: z.string(),
  name: z.string(),
  detail: z.string().optional(),
  email: z.string().optional(),
  /** The id that the vendor itself knows them by. */
  vendorId: z.string().optional(),
  /** `edit` is the id of the action of this page that changes the fact. */
  facts: z.array(z.object({ label: z.string(), value: z.string(), edit: z.string().optional() })),
  tables: z.array(table),
  actions: z.array(action),
});
export type PersonPage = z.infer<typeof personPage>;

export const organisation = z.object({ id: z.string(), name: z.string(), detail: z.string().optional() });
export type Organisation = z.infer<typeof organisation>;

/** One answer to "why can't they sign in?". */
export const finding = z.object({
  /** `cause`: this stops them; `hint`: good to know; `fine`: nothing here stops them. */
  weight: z.enum(['cause', 'hint', 'fine']),
  text: z.string(),
  /** It says that nobody of that name is known here. */
  unknown: z.boolean().optional(),
  personId: z.string().optional(),
  /** The action on that person that mends it. */
  mend: action.optional(),
});
export type Finding = z.infer<typeof finding>;

/** A step of the recovery assistant: what was done, what the person sees now, what is asked next; no fields means done. */
export const recoveryStep = z.object({
  id: z.string(),
  title: z.string(),
  explain: z.string(),
  /** A picture to read characters from (a captcha), as a data: address; shown above the fields. */
  image: z.string().optional(),
  fields: z.array(formField),
  button: z.string(),
  done: z.boolean(),
});
export type RecoveryStep = z.infer<typeof recoveryStep>;

/** What may be copied from a session; the copying itself happens in main. */
export const copyable = z.object({ id: z.string(), label: z.string(), explain: z.string() });
export type Copyable = z.infer<typeof copyable>;

export const usedRealm = realm.extend({ pinned: z.boolean(), usedAt: z.number() });
