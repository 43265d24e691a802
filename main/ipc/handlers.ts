import { GatehouseError } from '#contract/failure.ts';
import type { PracticeBehaviour } from '#contract/shapes.ts';
import { writeLines } from '#lib/write-file.ts';
import type { Core } from '../core.ts';
import { actionInput } from '../directory/action-input.ts';
import { isLedgerEvent } from '../ledger/ledger.ts';
import { receiptLines } from '../workflows/receipt-lines.ts';
import type { Handlers } from './router.ts';

/** What only the desktop can do for the window. */
export interface DesktopActions {
  startPractice(): Promise<{ accounts: number }>;
  /** Orders the end of what is open there and waits for it a while, then stops the servers. */
  stopPractice(): Promise<void>;
  behavePractice(behaviour: PracticeBehaviour): void;
  /** The inbox, or what stands in for the phone of a vendor's people. */
  openPracticePage(page: 'inbox' | 'phone', vendor: string | undefined): Promise<void>;
  openDataFolder(): Promise<void>;
  /** An item of the tray's menu was chosen in the window. */
  chooseTray(id: string): Promise<void> | void;
  /** Asks where to save a file; null when the person changed their mind. */
  saveAs(name: string): Promise<string | null>;
  /** Asks for a file to read; null when the person changed their mind. */
  chooseFile(title: string, extensions: string[]): Promise<string | null>;
  /** Puts text on the clipboard; answers after how many seconds it is cleared. */
  copy(text: string): number;
  settingsChanged(): void;
  /** `update` installs what was downloaded on the way; throws `conflict` where that can't be now. */
  quit(endAll: boolean, update: boolean): void;
  /** Quits for the update as the settings say, or asks in the window. Throws as `quit` does. */
  askUpdate(): void;
}

/** Contract in, service call out: one line a channel. */
export function createHandlers(core: Core, desktop: DesktopActions): Handlers {
  const { accounts, companyNetwork, directory, ledger, receipts, sessions, shifts, vault } = core;
  /** A session that was begun only now is not active yet. */
  const opened = (sessionId: string) => ({
    sessionId,
    openAlready: sessions.get(sessionId)?.state === 'active',
  });

  return {
    'state.snapshot': () => core.snapshot(),

    'vault.create': ({ passphrase, recovery }) => vault.create(passphrase, { recovery }),
    'vault.unlock': ({ passphrase }) => core.unlock(passphrase),
    'vault.lock': () => core.lock('window'),
    'vault.setPassphrase': ({ current, next, recovery }) => vault.setPassphrase(current, next, { recovery }),
    'vault.recover': ({ code, next }) => core.recover(code, next),
    'vault.setRecovery': ({ passphrase, on }) => vault.setRecovery(passphrase, on),

    'accounts.add': (input) => accounts.add(input),
    'accounts.change': ({ id, account }) => accounts.change(id, account),
    'accounts.remove': ({ id }) => sessions.removeAccount(id),
    'accounts.note': ({ id, notes }) => accounts.note(id, notes),
    'accounts.test': ({ id, account }) => core.testAccount(account, id),

    'sessions.signIn'({ again, ...request }) {
      const { accountId, realm = accounts.get(accountId)?.realm ?? null } = request;
      const open = again ? null : sessions.openIn(accountId, realm);
      return opened(open ?? sessions.signIn(request, 'window'));
    },
    'sessions.signOut': ({ sessionId, canUndo }) => sessions.end(sessionId, { actor: 'window', canUndo }),
    // Nobody could undo it at the lock screen.
    'sessions.signOutEverywhere': () => ({
      receiptId: receipts.endEverywhere('window', !core.isLocked())?.id ?? null,
    }),
    'sessions.undoSignOut': ({ sessionIds }) => ({ undone: sessions.undoEnd(sessionIds, 'window') }),
    'sessions.tryEndingNow': ({ sessionId }) => sessions.tryEndingNow(sessionId),
    'sessions.dismiss': ({ sessionId }) => sessions.dismiss(sessionId),
    'sessions.check': ({ sessionId }) => sessions.check(sessionId),
    'sessions.renew': ({ sessionId }) => sessions.renew(sessionId),
    'sessions.identity': ({ sessionId }) => sessions.identity(sessionId),
    'sessions.memberships': ({ sessionId }) => sessions.memberships(sessionId),
    'sessions.remote': ({ sessionId }) => sessions.remote(sessionId),
    'sessions.endRemote': ({ sessionId, remoteId }) => sessions.endRemote(sessionId, remoteId, 'window'),
    'sessions.orderEndRemote': ({ sessionId, remoteId, where }) =>
      sessions.orderEndRemote(sessionId, remoteId, where),
    'sessions.withdrawEndRemote': ({ id }) => ({ withdrawn: sessions.withdrawEndRemote(id) }),
    'sessions.elsewhere': () => core.openElsewhere.look(),
    'sessions.endOthers': async ({ sessionId }) => ({ ended: await sessions.endOthers(sessionId, 'window') }),
    'sessions.endAll': ({ sessionId }) => sessions.endAll(sessionId, 'window'),
    'sessions.switchRealm': ({ sessionId, realm, how, again }) =>
      opened(sessions.switchRealm(sessionId, realm, how, 'window', again)),

    'realms.used': ({ accountId }) => core.realms.of(accountId),
    'realms.pin'({ accountId, realm, pinned }) {
      if (!accounts.get(accountId))
        throw new GatehouseError({ kind: 'not-found', message: 'There is no such account any more.' });
      core.realms.pin(accountId, realm, pinned);
    },

    'shifts.save': (shift) => shifts.save(shift),
    'shifts.remove': ({ id }) => shifts.remove(id),
    'shifts.start': ({ members }) => shifts.start(members, 'shift'),
    'sessions.endTogether': ({ title, sessionIds, canUndo }) => ({
      receiptId: receipts.end(title, [...new Set(sessionIds)], 'shift', canUndo)?.id ?? null,
    }),
    async 'receipts.save'({ id }) {
      const receipt = receipts.get(id);
      const path = receipt ? await desktop.saveAs(`Gatehouse receipt ${day(receipt.orderedAt)}.csv`) : null;
      if (receipt && path) await writeLines(path, receiptLines(receipt));
      return { path };
    },
    'receipts.list': () => receipts.list(),
    'receipts.show': ({ id }) => receipts.show(id),
    'receipts.close': ({ id }) => receipts.close(id),

    'ledger.openToday': () => core.openToday.read(),
    'ledger.page': ({ event, ...filter }) =>
      ledger.page({ ...filter, ...(isLedgerEvent(event) ? { event } : {}) }),
    'ledger.views': () => core.ledgerViews.all(),
    'ledger.setViews': (views) => core.ledgerViews.set(views),
    'ledger.verify': ({ kept }) => ledger.verify(kept),
    async 'ledger.export'({ format }) {
      const path = await desktop.saveAs(`Gatehouse ledger ${day(Date.now())}.${format}`);
      if (!path) return { path, rows: 0, head: '' };
      const { rows, hash } = ledger.head();
      await writeLines(path, format === 'csv' ? ledger.exportCsv() : ledger.exportJsonLines());
      return { path, rows, head: hash };
    },

    'people.sources': ({ sessionId }) => directory.sources(sessionId),
    'people.page': ({ sessionId, query, offset, limit, requestId }) =>
      core.latestOnly.run(requestId, (signal) => directory.page(sessionId, query, { offset, limit }, signal)),
    'people.cancelPage': ({ requestId }) => core.latestOnly.cancel(requestId),
    'people.organisations': ({ sessionId, search }) => directory.organisations(sessionId, search),
    'people.person': ({ sessionId, personId }) => directory.person(sessionId, personId),
    'people.act': ({ sessionId, ...input }) => directory.act(sessionId, actionInput(input)),
    async 'people.export'({ sessionId, query, columns }) {
      const path = await desktop.saveAs(`People ${day(Date.now())}.csv`);
      if (!path) return { path, rows: 0 };
      return { path, rows: await core.peopleExport.run({ sessionId, query, columns, path }) };
    },
    'people.cancelExport': ({ sessionId }) => core.peopleExport.cancel(sessionId),
    'people.why': ({ sessionId, email }) => directory.why(sessionId, email),
    'login.page': ({ sessionId }) => directory.ownLogin(sessionId),
    'login.act': ({ sessionId, ...input }) => directory.actOnOwnLogin(sessionId, actionInput(input)),

    'recovery.start': ({ accountId }) => core.recovery.start(accountId),
    'recovery.next': ({ accountId, step, values }) => core.recovery.next(accountId, step, values),

    'handover.open': ({ sessionId }) => directory.openConsole(sessionId),
    'handover.copyable': ({ sessionId }) => directory.copyables(sessionId),
    'handover.copy': async ({ sessionId, what }) => ({
      clearsAfterSeconds: await directory.copy(sessionId, what),
    }),
    'clipboard.copy': ({ text }) => ({ clearsAfterSeconds: desktop.copy(text) }),

    'prompts.answer': ({ promptId, values }) => sessions.answer(promptId, values),
    'prompts.sendAgain': ({ promptId, medium }) => sessions.sendAgain(promptId, medium ?? null),
    'prompts.push': ({ promptId, target }) => sessions.push(promptId, target),
    'prompts.cancel': ({ promptId }) => sessions.cancelPrompt(promptId, 'window'),
    'sessions.signInAgain': ({ sessionId }) => ({ sessionId: sessions.signInAgain(sessionId, 'window') }),
    'prompts.startAgain': ({ promptId }) => ({ sessionId: sessions.startAgain(promptId, 'window') }),

    'sidebar.change': (patch) => core.sidebar.change(given(patch)),

    'settings.change'(patch) {
      core.settings.change(given(patch));
      desktop.settingsChanged();
    },

    'network.setProxy': (proxy) => companyNetwork.setProxy(proxy),
    'network.signIn': ({ proxy, ...signIn }) => companyNetwork.signIn(proxy, signIn),
    'network.forgetSignIn': ({ proxy }) => companyNetwork.forgetSignIn(proxy),
    'network.notNow': () => companyNetwork.notNow(),
    async 'network.addAuthorities'() {
      const path = await desktop.chooseFile('Certificate of an authority', ['pem', 'crt', 'cer', 'ca']);
      return { added: path === null ? null : await companyNetwork.addAuthorities(path) };
    },
    'network.removeAuthority': ({ fingerprint }) => companyNetwork.removeAuthority(fingerprint),

    'practice.start': () => desktop.startPractice(),
    'practice.stop': () => desktop.stopPractice(),
    'practice.behave': ({ behaviour }) => desktop.behavePractice(behaviour),
    'practice.open': ({ page, vendor }) => desktop.openPracticePage(page, vendor),

    'tray.choose': ({ id }) => desktop.chooseTray(id),

    'store.restoreBackup': refuseWhileSound,
    'store.startAnew': refuseWhileSound,

    'updates.check': () => void core.updates.check(),
    'updates.install': () => desktop.askUpdate(),

    'app.quit': ({ endAll, update }) => desktop.quit(endAll, update ?? false),
    'app.openDataFolder': () => desktop.openDataFolder(),
    'app.active': () => core.autoLock.active(),
  };
}

/** What a patch names, without what it leaves out. */
const given = (patch: object) =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

/** These answer only where the store can't be used (see `platform/store-failure-handlers.ts`). */
function refuseWhileSound(): never {
  throw new GatehouseError({
    kind: 'conflict',
    message: 'The stored data can be used, so nothing is replaced.',
  });
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
