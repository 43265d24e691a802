import { z } from 'zod';
import * as shape from './shapes.ts';

/** Every call that the window can make: what goes in, what comes out. Secrets go in; none comes out. */

const nothing = z.void();
const id = z.string().min(1).max(100);
const secretText = z.string().max(10_000);
const text = z.string().max(2_000);

export const accountInput = z.object({
  vendor: z.string().max(40),
  label: z.string().trim().max(120),
  /** Values of the vendor's form fields, secrets included; a secret field left out keeps what is stored, '' erases it. */
  values: z.record(z.string().max(60), secretText),
  realm: shape.realm.nullable(),
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
  colour: z.string().max(40),
});
export type AccountInput = z.infer<typeof accountInput>;

const signIn = z.object({
  accountId: id,
  /** One of the vendor's ways; absent means the ordinary one. */
  way: z.string().max(40).optional(),
  values: z.record(z.string().max(60), secretText).optional(),
  /** Absent means the account's own realm. */
  realm: shape.realm.nullable().optional(),
});

export const channels = {
  'state.snapshot': { input: nothing, output: shape.snapshot },

  'vault.create': { input: z.object({ passphrase: secretText.nullable() }), output: nothing },
  'vault.unlock': { input: z.object({ passphrase: secretText.nullable() }), output: nothing },
  'vault.lock': { input: nothing, output: nothing },
  'vault.setPassphrase': {
    input: z.object({ current: secretText.nullable(), next: secretText.nullable() }),
    output: nothing,
  },

  'accounts.add': { input: accountInput, output: shape.account },
  'accounts.change': { input: z.object({ id, account: accountInput }), output: shape.account },
  /** Ends its sessions first; the stored secrets go at once. */
  'accounts.remove': { input: z.object({ id }), output: nothing },
  /** Signs in and out with what the form holds; `steps` says in words what went well, a failure what did not. */
  'accounts.test': {
    input: z.object({ id: id.optional(), account: accountInput }),
    output: z.object({ steps: z.array(z.string()), needsPrompt: z.string().nullable() }),
  },

  'sessions.signIn': { input: signIn, output: z.object({ sessionId: z.string() }) },
  'sessions.signOut': { input: z.object({ sessionId: id }), output: nothing },
  'sessions.signOutEverywhere': { input: nothing, output: z.object({ ordered: z.number().int() }) },
  'sessions.tryEndingNow': { input: z.object({ sessionId: id }), output: nothing },
  'sessions.dismiss': { input: z.object({ sessionId: id }), output: nothing },
  'sessions.check': { input: z.object({ sessionId: id }), output: nothing },
  'sessions.identity': { input: z.object({ sessionId: id }), output: shape.identity },
  'sessions.memberships': { input: z.object({ sessionId: id }), output: z.array(shape.membership) },
  'sessions.remote': { input: z.object({ sessionId: id }), output: z.array(shape.remoteSession) },
  'sessions.endRemote': { input: z.object({ sessionId: id, remoteId: id }), output: nothing },
  /** Ends every other session of this login at the vendor; answers how many were ended. */
  'sessions.endOthers': { input: z.object({ sessionId: id }), output: z.object({ ended: z.number().int() }) },
  /** Ends every session of this login at the vendor, this one included. */
  'sessions.endAll': { input: z.object({ sessionId: id }), output: nothing },
  /** Opens a session in another realm; `move` ends this one once the new one is active. */
  'sessions.switchRealm': {
    input: z.object({ sessionId: id, realm: shape.realm, how: z.enum(['move', 'beside']) }),
    output: z.object({ sessionId: z.string() }),
  },

  'prompts.answer': {
    input: z.object({
      promptId: id,
      values: z.record(z.string().max(60), z.union([secretText, z.boolean()])),
    }),
    output: nothing,
  },
  'prompts.sendAgain': {
    input: z.object({ promptId: id, medium: z.string().max(40).optional() }),
    output: nothing,
  },
  'prompts.push': { input: z.object({ promptId: id, target: text }), output: nothing },
  'prompts.cancel': { input: z.object({ promptId: id }), output: nothing },
  'prompts.startAgain': { input: z.object({ promptId: id }), output: z.object({ sessionId: z.string() }) },

  'settings.change': { input: shape.settings.partial(), output: shape.settings },

  'practice.start': { input: nothing, output: z.object({ accounts: z.number().int() }) },
  /** Opens a page of the practice servers (inbox, phone) in a window of its own. */
  'practice.open': { input: z.object({ page: z.enum(['inbox', 'phone']) }), output: nothing },

  /** The tray's menu, for the window. */
  'tray.menu': { input: nothing, output: z.array(shape.trayItem) },
  'tray.choose': { input: z.object({ id }), output: nothing },

  'desk.quit': { input: z.object({ endAll: z.boolean() }), output: nothing },
  'desk.openDataFolder': { input: nothing, output: nothing },
  /** The window says that the person did something, so that the vault does not lock. */
  'desk.active': { input: nothing, output: nothing },
} as const;

export type Channels = typeof channels;
export type Channel = keyof Channels;
export type Input<C extends Channel> = z.input<Channels[C]['input']>;
export type Output<C extends Channel> = z.output<Channels[C]['output']>;
