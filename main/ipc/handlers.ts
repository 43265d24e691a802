import { GatehouseError } from '#contract/failure.ts';
import { writeLines } from '#lib/write-file.ts';
import { actionInput } from '../directory/action-input.ts';
import type { House } from '../house.ts';
import { isLedgerEvent } from '../ledger/ledger.ts';
import type { trayMenu } from '../platform/tray-menu.ts';
import { receiptLines } from '../sessions/receipt-lines.ts';
import type { Handlers } from './router.ts';

/** What only the desktop can do for the window. */
export interface DesktopActions {
  startPractice(): Promise<{ accounts: number }>;
  openPracticePage(page: 'inbox' | 'phone'): Promise<void>;
  openDataFolder(): Promise<void>;
  /** An item of the tray's menu was chosen in the window. */
  chooseTray(id: string): Promise<void> | void;
  trayMenu(): ReturnType<typeof trayMenu>;
  /** Asks where to save a file; null when the person changed their mind. */
  saveAs(name: string): Promise<string | null>;
  /** Puts text on the clipboard; answers after how many seconds it is cleared. */
  copy(text: string): number;
  settingsChanged(): void;
  quit(endAll: boolean): void;
}

/** Contract in, service call out: one line a channel. */
export function createHandlers(house: House, desktop: DesktopActions): Handlers {
  const { accounts, acts, admin, checks, desk, endings, ledger, prompts, receipts, shifts, vault } = house;
  return {
    'state.snapshot': () => house.snapshot(),

    'vault.create': ({ passphrase, recovery }) => vault.create(passphrase, { recovery }),
    'vault.unlock': ({ passphrase }) => house.unlock(passphrase),
    'vault.lock': () => house.lock('window'),
    'vault.setPassphrase': ({ current, next, recovery }) => vault.setPassphrase(current, next, { recovery }),
    'vault.recover': ({ code, next }) => house.recover(code, next),
    'vault.setRecovery': ({ passphrase, on }) => vault.setRecovery(passphrase, on),

    'accounts.add': (input) => accounts.add(input),
    'accounts.change': ({ id, account }) => accounts.change(id, account),
    'accounts.remove': ({ id }) => house.removeAccount(id),
    'accounts.test': ({ id, account }) => house.tryOut(account, id),

    'sessions.signIn': (request) => ({ sessionId: desk.signIn(request, 'window') }),
    'sessions.signOut': ({ sessionId }) => desk.cancel(sessionId, 'window'),
    'sessions.signOutEverywhere': () => ({ receiptId: house.signOutEverywhere('window')?.id ?? null }),
    'sessions.tryEndingNow': ({ sessionId }) => endings.attempt(sessionId),
    'sessions.dismiss': ({ sessionId }) => house.dismiss(sessionId),
    'sessions.check': ({ sessionId }) => checks.check(sessionId),
    'sessions.identity': ({ sessionId }) => acts.identity(sessionId),
    'sessions.memberships': ({ sessionId }) => acts.memberships(sessionId),
    'sessions.remote': ({ sessionId }) => acts.remote(sessionId),
    'sessions.endRemote': ({ sessionId, remoteId }) => acts.endRemote(sessionId, remoteId, 'window'),
    'sessions.endOthers': async ({ sessionId }) => ({ ended: await acts.endOthers(sessionId, 'window') }),
    'sessions.endAll': ({ sessionId }) => acts.endAll(sessionId, 'window'),
    'sessions.switchRealm': ({ sessionId, realm, how }) => ({
      sessionId: acts.switchRealm(sessionId, realm, how, 'window'),
    }),

    'realms.used': ({ accountId }) => house.realms.of(accountId),
    'realms.pin'({ accountId, realm, pinned }) {
      if (!accounts.get(accountId))
        throw new GatehouseError({ kind: 'not-found', message: 'There is no such account any more.' });
      house.realms.pin(accountId, realm, pinned);
    },

    'shifts.save': (shift) => shifts.save(shift),
    'shifts.remove': ({ id }) => shifts.remove(id),
    'shifts.start': ({ members }) => shifts.start(members, 'shift'),
    'sessions.endTogether': ({ title, sessionIds }) => ({
      receiptId: receipts.end(title, [...new Set(sessionIds)], 'shift')?.id ?? null,
    }),
    async 'receipts.save'({ id }) {
      const receipt = receipts.get(id);
      const path = receipt ? await desktop.saveAs(`Gatehouse receipt ${day(receipt.orderedAt)}.csv`) : null;
      if (receipt && path) await writeLines(path, receiptLines(receipt));
      return { path };
    },
    'receipts.close': ({ id }) => receipts.close(id),

    'ledger.page': ({ event, ...filter }) =>
      ledger.page({ ...filter, ...(isLedgerEvent(event) ? { event } : {}) }),
    'ledger.verify': ({ kept }) => ledger.verify(kept),
    async 'ledger.export'({ format }) {
      const path = await desktop.saveAs(`Gatehouse ledger ${day(Date.now())}.${format}`);
      if (!path) return { path, rows: 0, head: '' };
      const { rows, hash } = ledger.head();
      await writeLines(path, format === 'csv' ? ledger.exportCsv() : ledger.exportJsonLines());
      return { path, rows, head: hash };
    },

    'people.sources': ({ sessionId }) => admin.sources(sessionId),
    'people.page': ({ sessionId, query, offset, limit, requestId }) =>
      house.latestOnly.run(requestId, (signal) => admin.page(sessionId, query, { offset, limit }, signal)),
    'people.cancelPage': ({ requestId }) => house.latestOnly.cancel(requestId),
    'people.organisations': ({ sessionId, search }) => admin.organisations(sessionId, search),
    'people.person': ({ sessionId, personId }) => admin.person(sessionId, personId),
    'people.act': ({ sessionId, ...input }) => admin.act(sessionId, actionInput(input)),
    async 'people.export'({ sessionId, query, columns }) {
      const path = await desktop.saveAs(`People ${day(Date.now())}.csv`);
      if (!path) return { path, rows: 0 };
      return { path, rows: await house.peopleExport.run({ sessionId, query, columns, path }) };
    },
    'people.cancelExport': ({ sessionId }) => house.peopleExport.cancel(sessionId),
    'people.why': ({ sessionId, email }) => admin.why(sessionId, email),
    'login.page': ({ sessionId }) => admin.ownLogin(sessionId),
    'login.act': ({ sessionId, ...input }) => admin.actOnOwnLogin(sessionId, actionInput(input)),

    'recovery.start': ({ accountId }) => house.recovery.start(accountId),
    'recovery.next': ({ accountId, step, values }) => house.recovery.next(accountId, step, values),

    'handover.open': ({ sessionId }) => admin.openConsole(sessionId),
    'handover.copyable': ({ sessionId }) => admin.copyables(sessionId),
    'handover.copy': async ({ sessionId, what }) => ({
      clearsAfterSeconds: await admin.copy(sessionId, what),
    }),
    'clipboard.copy': ({ text }) => ({ clearsAfterSeconds: desktop.copy(text) }),

    'prompts.answer': ({ promptId, values }) => desk.answer(promptId, values),
    'prompts.sendAgain': ({ promptId, medium }) => desk.sendAgain(promptId, medium ?? null),
    'prompts.push': ({ promptId, target }) => desk.push(promptId, target),
    'prompts.cancel'({ promptId }) {
      const prompt = prompts.get(promptId);
      if (!prompt) return;
      if (prompt.state === 'refused') prompts.drop(promptId);
      else desk.cancel(prompt.sessionId, 'window');
    },
    'prompts.startAgain': ({ promptId }) => ({ sessionId: desk.startAgain(promptId, 'window') }),

    'settings.change'(patch) {
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      const settings = house.settings.change(Object.fromEntries(given));
      desktop.settingsChanged();
      return settings;
    },

    'practice.start': () => desktop.startPractice(),
    'practice.open': ({ page }) => desktop.openPracticePage(page),

    'tray.menu': () => desktop.trayMenu(),
    'tray.choose': ({ id }) => desktop.chooseTray(id),

    'store.restoreBackup': refuseWhileSound,
    'store.startAnew': refuseWhileSound,

    'app.quit': ({ endAll }) => desktop.quit(endAll),
    'app.openDataFolder': () => desktop.openDataFolder(),
    'app.active': () => house.autoLock.active(),
  };
}

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
