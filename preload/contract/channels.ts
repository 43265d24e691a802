import { z } from 'zod';
import * as admin from './admin.ts';
import { mostNotes } from './limits.ts';
import * as shape from './shapes.ts';

/**
 * Every call that the window can make: what goes in, what comes out. Secrets go in; none comes out, but for a recovery
 * code: a person has to write it down, so it is shown once, at the moment at which it is made.
 */

const nothing = z.void();
const id = z.string().min(1).max(100);
/** A vendor's own way to find a person again; an e-mail address may be in it. */
const personId = z.string().min(1).max(400);
/** The window's own name for a request that it may give up. */
const requestId = z.string().min(1).max(60);
const secretText = z.string().max(10_000);
const text = z.string().max(2_000);
/** null: none was asked for. */
const recoveryCode = z.string().nullable();

export const accountInput = z.object({
  vendor: z.string().max(40),
  label: z.string().trim().max(120),
  /** Values of the vendor's form fields, secrets included; a secret field left out keeps what is stored, '' erases it. */
  values: z.record(z.string().max(60), secretText),
  realm: shape.realm.nullable(),
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
  colour: shape.colour,
});
export type AccountInput = z.infer<typeof accountInput>;

/** Opens another session where one of the account is open in the same realm. */
const again = z.boolean().optional();

/** Active sessions are ended only after a few seconds, in which `sessions.undoSignOut` takes the order back; it is on disk all the same. */
const canUndo = z.boolean().optional();

const signIn = z.object({
  accountId: id,
  /** One of the vendor's ways; absent means the ordinary one. */
  way: z.string().max(40).optional(),
  values: z.record(z.string().max(60), secretText).optional(),
  /** Absent means the account's own realm. */
  realm: shape.realm.nullable().optional(),
  again,
});

/** What was opened, or is open in that realm already. */
const opened = z.object({ sessionId: z.string(), openAlready: z.boolean() });

const inSession = z.object({ sessionId: id });

const startOutput = z.object({
  started: z.number().int(),
  refused: z.array(z.object({ accountId: z.string(), why: z.string() })),
});

const act = {
  action: z.string().max(120),
  target: personId.optional(),
  values: z.record(z.string().max(60), secretText),
  /** An image for `special: 'image'`, at most 200 KiB. */
  image: z.instanceof(Uint8Array).optional(),
};

export const channels = {
  'state.snapshot': { input: nothing, output: shape.snapshot },

  /** `recovery` makes a recovery code too, which needs a passphrase. */
  'vault.create': {
    input: z.object({ passphrase: secretText.nullable(), recovery: z.boolean() }),
    output: z.object({ recoveryCode }),
  },
  'vault.unlock': { input: z.object({ passphrase: secretText.nullable() }), output: nothing },
  'vault.lock': { input: nothing, output: nothing },
  /** Encrypts everything anew with a new key, so that an earlier recovery code opens nothing any more. */
  'vault.setPassphrase': {
    input: z.object({ current: secretText.nullable(), next: secretText.nullable(), recovery: z.boolean() }),
    output: z.object({ recoveryCode }),
  },
  /** Opens the vault by its recovery code and sets a passphrase; the code is used up and another one comes back. */
  'vault.recover': {
    input: z.object({ code: z.string().max(200), next: secretText }),
    output: z.object({ recoveryCode: z.string() }),
  },
  /** Makes a recovery code in place of an earlier one, or removes it. */
  'vault.setRecovery': {
    input: z.object({ passphrase: secretText, on: z.boolean() }),
    output: z.object({ recoveryCode }),
  },

  'accounts.add': { input: accountInput, output: shape.account },
  'accounts.change': { input: z.object({ id, account: accountInput }), output: shape.account },
  /** Orders the end of its sessions; the stored secrets go as soon as those are over. */
  'accounts.remove': { input: z.object({ id }), output: nothing },
  /** '' takes them away. */
  'accounts.note': { input: z.object({ id, notes: z.string().max(mostNotes) }), output: nothing },
  /** Signs in and out with what the form holds; `steps` says in words what went well, a failure what did not. */
  'accounts.test': {
    input: z.object({ id: id.optional(), account: accountInput }),
    output: z.object({
      steps: z.array(z.string()),
      needsPrompt: z.string().nullable(),
      /** Where this login may act, as far as the test saw it. */
      realms: z.array(shape.realm),
    }),
  },

  /** A session that the account has open in the realm already is not opened twice unasked. */
  'sessions.signIn': { input: signIn, output: opened },
  'sessions.signOut': { input: z.object({ sessionId: id, canUndo }), output: nothing },
  /** Can be undone as `canUndo` says, except while locked. */
  'sessions.signOutEverywhere': { input: nothing, output: z.object({ receiptId: z.string().nullable() }) },
  /** Takes sign-outs back that were ordered so that they can be undone, while nothing of them was sent; answers how many. */
  'sessions.undoSignOut': {
    input: z.object({ sessionIds: z.array(id).max(10_000) }),
    output: z.object({ undone: z.number().int() }),
  },
  'sessions.tryEndingNow': { input: z.object({ sessionId: id }), output: nothing },
  'sessions.dismiss': { input: z.object({ sessionId: id }), output: nothing },
  'sessions.check': { input: z.object({ sessionId: id }), output: nothing },
  /** Puts its end off as `renewal` says: by using it, or by a new token. */
  'sessions.renew': { input: inSession, output: nothing },
  'sessions.identity': { input: z.object({ sessionId: id }), output: shape.identity },
  'sessions.memberships': { input: z.object({ sessionId: id }), output: z.array(shape.membership) },
  'sessions.remote': { input: z.object({ sessionId: id }), output: z.array(shape.remoteSession) },
  'sessions.endRemote': { input: z.object({ sessionId: id, remoteId: id }), output: nothing },
  /** Orders it, to be carried out in a few seconds; `where` is what the person was shown. */
  'sessions.orderEndRemote': {
    input: z.object({ sessionId: id, remoteId: id, where: z.string().max(200) }),
    output: nothing,
  },
  /** Undoes such an order, or gives up one that was refused; `withdrawn` false: it was too late. */
  'sessions.withdrawEndRemote': {
    input: z.object({ id }),
    output: z.object({ withdrawn: z.boolean() }),
  },
  /** What is open elsewhere of the logins that are open here, as far as it is known; looks at one more account, now and then. */
  'sessions.elsewhere': { input: nothing, output: z.array(shape.elsewhere) },
  /** Ends every other session of this login at the vendor; answers how many were ended. */
  'sessions.endOthers': { input: z.object({ sessionId: id }), output: z.object({ ended: z.number().int() }) },
  /** Ends every session of this login at the vendor, this one included. */
  'sessions.endAll': { input: z.object({ sessionId: id }), output: nothing },
  /** Opens a session in another realm; `move` ends this one once the new one is active. As with a sign-in, not twice unasked. */
  'sessions.switchRealm': {
    input: z.object({ sessionId: id, realm: shape.realm, how: z.enum(['move', 'beside']), again }),
    output: opened,
  },

  /** Realms that this session's account used before, and pinned ones. */
  'realms.used': { input: z.object({ accountId: id }), output: z.array(admin.usedRealm) },
  'realms.pin': {
    input: z.object({ accountId: id, realm: shape.realm, pinned: z.boolean() }),
    output: nothing,
  },

  'shifts.save': {
    input: shape.shift.extend({ id: id.optional(), name: z.string().trim().max(120) }),
    output: shape.shift,
  },
  'shifts.remove': { input: z.object({ id }), output: nothing },
  /** Opens every member (or a selection, or a tag) that has no session yet. */
  'shifts.start': { input: z.object({ members: shape.shift.shape.members }), output: startOutput },
  /** Ends these sessions together; answers the receipt's id, null when there is nothing to end. */
  'sessions.endTogether': {
    input: z.object({ title: z.string().max(160), sessionIds: z.array(id).max(10_000), canUndo }),
    output: z.object({ receiptId: z.string().nullable() }),
  },
  /** Saves the receipt as a file that the person chooses; null when they changed their mind. */
  'receipts.save': { input: z.object({ id }), output: z.object({ path: z.string().nullable() }) },
  /** Every receipt that is kept, newest first. */
  'receipts.list': { input: nothing, output: z.array(shape.receiptHead) },
  /** Brings one that the person was done with back into the window, until it is closed. */
  'receipts.show': { input: z.object({ id }), output: nothing },
  /** The person is done with it; it stays in the list. */
  'receipts.close': { input: z.object({ id }), output: nothing },

  /** What is left out stays as it is; what main has made of it comes as a change. */
  'sidebar.change': { input: shape.sidebar.partial(), output: nothing },

  /** How many sessions were open in each hour of today. */
  'ledger.openToday': { input: nothing, output: shape.openToday },
  'ledger.page': {
    input: z.object({
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(500),
      ...shape.ledgerFilter.shape,
      accounts: z.array(id).max(10_000).optional(),
      sessionId: id.optional(),
    }),
    output: z.array(shape.ledgerRow),
  },
  'ledger.views': { input: nothing, output: z.array(shape.ledgerView) },
  /** Replaces them all. */
  'ledger.setViews': { input: z.array(shape.ledgerView).max(100), output: nothing },
  'ledger.verify': {
    /** `kept`: the hash of a row that somebody kept elsewhere. */
    input: z.object({ kept: z.string().max(100).optional() }),
    output: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        rows: z.number().int(),
        /** Rows that were written when the vault had not been opened since the start, which nothing proves. */
        unproved: z.number().int(),
        /** SHA-256 of the last row in hex, '' when there is none. */
        head: z.string(),
        /** The row that has the kept hash; null when none was given. */
        kept: z.union([z.object({ seq: z.number().int() }), z.literal('unknown')]).nullable(),
      }),
      z.object({ ok: z.literal(false), seq: z.number().int(), why: z.string() }),
    ]),
  },
  'ledger.export': {
    input: z.object({ format: z.enum(['csv', 'jsonl']) }),
    /** `path` null: the person changed their mind. `head`: the hash of the last row written, as in `ledger.verify`. */
    output: z.object({ path: z.string().nullable(), rows: z.number().int(), head: z.string() }),
  },

  'people.sources': { input: inSession, output: z.array(admin.directorySource) },
  /** A page of a directory. A later call with the same `ticket` breaks this one off, as `people.cancelPage` does. */
  'people.page': {
    input: inSession.extend({
      query: admin.directoryQuery,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
      requestId,
    }),
    output: admin.directoryPage,
  },
  'people.cancelPage': { input: z.object({ requestId }), output: nothing },
  'people.organisations': {
    input: inSession.extend({ search: z.string().max(200) }),
    output: z.array(admin.organisation),
  },
  'people.person': { input: inSession.extend({ personId }), output: admin.personPage },
  /** Does an action; `target` is a person, a row of a person's table, or absent for the table or the own login. */
  'people.act': { input: inSession.extend(act), output: admin.outcome },
  /** Writes the whole query as CSV, page by page, to a file that the person chooses; progress comes as changes. */
  'people.export': {
    input: inSession.extend({ query: admin.directoryQuery, columns: z.array(z.string().max(60)).min(1) }),
    output: z.object({ path: z.string().nullable(), rows: z.number().int() }),
  },
  'people.cancelExport': { input: inSession, output: nothing },
  'people.why': { input: inSession.extend({ email: text }), output: z.array(admin.finding) },
  'login.page': { input: inSession, output: admin.personPage },
  'login.act': { input: inSession.extend(act), output: admin.outcome },

  /** Recovery needs no session, only the account's address. */
  'recovery.start': { input: z.object({ accountId: id }), output: admin.recoveryStep },
  'recovery.next': {
    input: z.object({
      accountId: id,
      step: z.string().max(60),
      values: z.record(z.string().max(60), secretText),
    }),
    output: admin.recoveryStep,
  },

  /** Opens the vendor's own console, signed in as this session, in an isolated window. */
  'handover.open': { input: inSession, output: nothing },
  'handover.copyable': { input: inSession, output: z.array(admin.copyable) },
  /** Main puts it on the clipboard, clears it after a while and writes it in the ledger. */
  'handover.copy': {
    input: inSession.extend({ what: z.string().max(60) }),
    output: z.object({ clearsAfterSeconds: z.number().int() }),
  },
  /** Copies a password that was generated or typed in the window, with the same clearing. */
  'clipboard.copy': {
    input: z.object({ text: secretText }),
    output: z.object({ clearsAfterSeconds: z.number().int() }),
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
  /** A sign-in that a lock or a stop of Gatehouse has cut off. */
  'sessions.signInAgain': { input: inSession, output: z.object({ sessionId: z.string() }) },
  'prompts.startAgain': { input: z.object({ promptId: id }), output: z.object({ sessionId: z.string() }) },

  /** What main has made of it comes as a change. */
  'settings.change': { input: shape.settings.omit({ proxy: true }).partial(), output: nothing },
  /** Throws `invalid` with the fields `address` and `exceptions`. */
  'network.setProxy': { input: shape.proxySettings, output: nothing },
  /** Stores what a proxy wants to see, by its name ("proxy.example:8080"). */
  'network.signIn': {
    input: z.object({ proxy: z.string().max(300), user: z.string().max(200), password: secretText }),
    output: nothing,
  },
  'network.forgetSignIn': { input: z.object({ proxy: z.string().max(300) }), output: nothing },
  /** The person will not sign in to the proxy now. */
  'network.notNow': { input: nothing, output: nothing },
  /** Trusts the authorities in a file that the person chooses; null when they changed their mind. */
  'network.addAuthorities': { input: nothing, output: z.object({ added: z.number().int().nullable() }) },
  'network.removeAuthority': { input: z.object({ fingerprint: z.string().max(200) }), output: nothing },

  'practice.start': { input: nothing, output: z.object({ accounts: z.number().int() }) },
  /** Ends what is open at the practice servers, then stops them. */
  'practice.stop': { input: nothing, output: nothing },
  'practice.behave': { input: z.object({ behaviour: shape.practiceBehaviour }), output: nothing },
  /** Opens a page of the practice servers (the inbox, or a vendor's phone) in a window of its own. */
  'practice.open': {
    input: z.object({ page: z.enum(['inbox', 'phone']), vendor: z.string().optional() }),
    output: nothing,
  },

  /** The tray's menu, for the window. */
  'tray.choose': { input: z.object({ id }), output: nothing },

  /** Ways out of a store that can't be used: both keep the present files aside and open Gatehouse anew. */
  'store.restoreBackup': { input: z.object({ name: z.string().min(1).max(200) }), output: nothing },
  'store.startAnew': { input: nothing, output: nothing },

  /** What comes of it is told by changes. */
  'updates.check': { input: nothing, output: nothing },
  /** Quits as `app.quit` does, asked about open sessions as the settings say, and installs what was downloaded on the way. */
  'updates.install': { input: nothing, output: nothing },

  /** `update`: install what was downloaded on the way, and start again. */
  'app.quit': { input: z.object({ endAll: z.boolean(), update: z.boolean().optional() }), output: nothing },
  'app.openDataFolder': { input: nothing, output: nothing },
  /** The window says that the person did something, so that the vault does not lock. */
  'app.active': { input: nothing, output: nothing },
} as const;

export type Channels = typeof channels;
export type Channel = keyof Channels;
export type Input<C extends Channel> = z.input<Channels[C]['input']>;
export type Output<C extends Channel> = z.output<Channels[C]['output']>;
