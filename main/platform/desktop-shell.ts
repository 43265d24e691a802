import { join } from 'node:path';
import { app, dialog, nativeTheme, powerMonitor, shell } from 'electron';
import { GatehouseError } from '#contract/failure.ts';
import { isOpen } from '#contract/session-states.ts';
import { practiceOff, type Settings } from '#contract/shapes.ts';
import { fileName, nativeText } from '#lib/native-text.ts';
import { placePractice } from '../accounts/practice.ts';
import type { Core } from '../core.ts';
import type { DesktopActions } from '../ipc/handlers.ts';
import { clearCopied, copyForAWhile } from './clipboard.ts';
import type { Consoles } from './consoles.ts';
import { offerTasks, type Task } from './desktop-tasks.ts';
import { closeNotifications, notify } from './notifications.ts';
import { type Practice, startPractice } from './practice-process.ts';
import { createPracticePages } from './practice-windows.ts';
import { createPromptNotices } from './prompt-notices.ts';
import { watchScreenLock } from './screen-lock.ts';
import { takeShortcut } from './sign-out-shortcut.ts';
import { createTray } from './tray.ts';
import { traysAreDrawn } from './tray-host.ts';
import type { TrayState } from './tray-menu.ts';
import type { MainWindow } from './window.ts';

interface DesktopShellOptions {
  core: Core;
  window: MainWindow;
  consoles: Consoles;
  /** Seconds since the last input anywhere on this machine. */
  idleSeconds(): number;
  traySettings: { askedAboutTray(): boolean; noteAskedAboutTray(): void };
  /** Folder of the tray's pictures and program of the practice servers. */
  assets: string;
  practiceProgram: string;
}

/** ms that quitting waits for endings on their way; what is left goes on at the next start. */
const quitPatience = 5_000;
/** ms in which the practice servers may confirm the ends of what is open there, before they are stopped. */
const practicePatience = 5_000;
/** The same for an update, which is in no hurry: longer than any request lasts, so that none is on its way. */
const updatePatience = 30_000;

/** Joins the core to the desktop: tray, notifications, power, practice servers, quitting. */
export function createDesktopShell({
  core,
  window,
  consoles,
  idleSeconds,
  traySettings,
  assets,
  practiceProgram,
}: DesktopShellOptions) {
  let practice: Practice | null = null;
  let quitting = false;
  const practicePages = createPracticePages({ onDownload: downloadRefused });

  const trayState = (): TrayState => ({
    accounts: core.accounts.all(),
    sessions: core.sessions.views(),
    locked: core.isLocked(),
  });
  const notices = createPromptNotices({
    window,
    settings: core.settings.get,
    idleSeconds,
    open: () => core.sessions.prompts().filter(({ state }) => state === 'open'),
    label: (id) => (core.isLocked() ? undefined : core.accounts.get(id)?.label),
  });
  const tray = createTray(assets, choseInSystem);
  offerTasks(choseInSystem);

  let drawn = true;

  /** The tray is drawn anew at most five times a second, however much happens. */
  function showState() {
    if (!drawn) return;
    drawn = false;
    setTimeout(() => {
      drawn = true;
      if (quitting) return;
      const state = trayState();
      tray.show(state);
      const waiting = state.sessions.filter((session) => session.state === 'waiting').length;
      window.badge(waiting, join(assets, 'tray', 'waiting.ico'));
    }, 200);
  }

  let toldOfDownload = Number.NEGATIVE_INFINITY;

  /** A page that asks for one file after another is answered once in a while. */
  function downloadRefused() {
    const now = performance.now();
    if (now - toldOfDownload < 10_000 || !core.settings.get().notifications) return;
    toldOfDownload = now;
    notify(
      'Nothing was downloaded',
      'Gatehouse keeps no file of a console. Open the page in your browser to download it.',
      () => window.show(),
    );
  }

  /** Nothing that names an account stays in sight, and no console within reach. */
  function locked() {
    const how = core.settings.get().consolesOnLock;
    consoles.lock(how);
    practicePages.lock(how);
    notices.forget();
    closeNotifications();
    void clearCopied();
    tray.show(trayState());
  }

  /** In the tray, the dock or the jump list, where no page says what went wrong. */
  function choseInSystem(id: string) {
    try {
      choose(id);
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      const { message, advice } = error.failure;
      void dialog.showMessageBox({ type: 'info', message, ...(advice ? { detail: advice } : {}) });
    }
  }

  function choose(id: string) {
    if (id === 'open') window.show();
    else if (id === 'lock') core.lock('tray');
    else if (id === 'quit') askQuit();
    else if (id === 'sign-out-everywhere') signOutEverywhere();
    else if (id.startsWith('sign-out:')) core.sessions.end(id.slice('sign-out:'.length), { actor: 'tray' });
  }

  /** From the tray, the menu or the global shortcut; the receipt is shown when the window comes up. */
  function signOutEverywhere() {
    const receipt = core.receipts.endEverywhere('tray');
    if (!receipt) return;
    window.request({ what: 'show-receipt', receiptId: receipt.id });
    if (core.sessions.isLoaded()) return;
    // Before the first unlock nobody has what the vendors want to see: the orders are kept, and that has to be said.
    window.show();
    if (!core.settings.get().notifications) return;
    const count = receipt.lines.length;
    notify(
      `${count === 1 ? '1 sign-out waits' : `${count} sign-outs wait`} for you to unlock Gatehouse`,
      'They are kept on disk and go to the vendors at the unlock.',
      () => window.show(),
    );
  }

  /** The first close where no tray is drawn: nothing would show that Gatehouse goes on. */
  async function askAboutTray() {
    if (traySettings.askedAboutTray() || (await traysAreDrawn()) || quitting) return;
    traySettings.noteAskedAboutTray();
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: 'Gatehouse goes on without its window.',
      detail:
        'This desktop shows no tray icons. Start Gatehouse again to bring its window back, or quit it now. The settings say what closing the window does.',
      buttons: ['Keep it running', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) askQuit();
  }

  /** As the settings say: at once, after ending all, or after asking in the window. */
  function askQuit(update = false) {
    const open = core.sessions.all().filter(({ state }) => state === 'active').length;
    const { onQuit } = core.settings.get();
    if (open === 0 || onQuit === 'keep-all') quit(false, update);
    else if (onQuit === 'end-all') quit(true, update);
    else {
      window.show();
      window.request({ what: 'confirm-quit', activeSessions: open, ...(update ? { update } : {}) });
    }
  }

  function askUpdate() {
    core.updates.assertInstallable();
    askQuit(true);
  }

  function quit(endAll: boolean, update = false) {
    if (quitting) return;
    if (update) core.updates.assertInstallable();
    quitting = true;
    if (endAll) core.receipts.endEverywhere('window');
    void Promise.allSettled([core.close(update ? updatePatience : quitPatience), clearCopied()]).then(() => {
      practice?.stop();
      consoles.closeAll();
      tray.close();
      window.destroy();
      if (update) void core.updates.install().catch(notInstalled);
      else app.quit();
    });
  }

  /** The window and all else is closed by now; what was here is still installed. */
  function notInstalled() {
    dialog.showErrorBox(
      'Gatehouse was not updated',
      'The update could not be installed, or you did not allow it. Nothing was lost: start Gatehouse again and try once more from its settings.',
    );
    app.quit();
  }

  /** Windows ends the person's session and waits for nothing: what has to be kept is written in this turn. */
  function sessionEnds() {
    if (quitting) return;
    quitting = true;
    if (core.settings.get().onQuit === 'end-all') core.receipts.endEverywhere('window');
    void clearCopied();
    void core.close(0);
  }

  async function practiceOn(): Promise<{ accounts: number }> {
    if (!practice) {
      core.appInfo.change({ practice: { ...practiceOff, state: 'starting' } });
      try {
        practice = await startPractice(practiceProgram, () => {
          practice = null;
          if (!quitting) core.appInfo.change({ practice: practiceOff });
        });
      } catch (error) {
        const failure = error instanceof GatehouseError ? error.failure : null;
        core.appInfo.change({ practice: { ...practiceOff, state: 'failed', failure } });
        throw error;
      }
      const { inboxUrl, servers } = practice;
      const phones = servers.filter(({ approvalUrl }) => approvalUrl !== null).map(({ vendor }) => vendor);
      core.appInfo.change({ practice: { ...practiceOff, state: 'running', inboxUrl, phones } });
    }
    return { accounts: placePractice(core.accounts, practice.servers) };
  }

  /** What is open at the practice servers ends first, as nobody could confirm it later. */
  async function stopPractice() {
    const { accounts, sessions, receipts } = core;
    practice?.behave('well');
    const open = sessions.all().filter((one) => isOpen(one.state) && accounts.find(one.accountId)?.practice);
    const ids = new Set(open.map(({ id }) => id));
    if (ids.size > 0) {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, practicePatience);
      const forget = sessions.on.settled(({ record }) => {
        ids.delete(record.id);
        if (ids.size === 0) late.resolve();
      });
      receipts.end('Practice servers', [...ids], 'window');
      await late.promise;
      clearTimeout(timer);
      forget();
    }
    practicePages.close();
    practice?.stop();
  }

  /** The vault was opened: practice accounts get their servers back before anything is checked. */
  async function unlocked() {
    consoles.unlock();
    practicePages.unlock();
    if (core.accounts.all().some((account) => account.practice) && !practice)
      await practiceOn().catch(() => {});
    core.sessions.resume();
  }

  function applySettings() {
    const settings: Settings = core.settings.get();
    nativeTheme.themeSource = settings.theme;
    core.autoLock.plan();
    const signOutShortcut = takeShortcut(settings.signOutShortcut, signOutEverywhere);
    if (signOutShortcut !== core.appInfo.get().signOutShortcut) core.appInfo.change({ signOutShortcut });
  }

  const lockByPower = () => {
    if (core.settings.get().lockOnSuspend && core.vault.view().hasPassphrase) core.lock('timer');
  };
  powerMonitor.on('suspend', lockByPower);
  powerMonitor.on('lock-screen', lockByPower);
  watchScreenLock(lockByPower);
  powerMonitor.on('resume', () => core.scheduler.wake());

  const actions: DesktopActions = {
    startPractice: practiceOn,
    stopPractice,
    behavePractice(behaviour) {
      practice?.behave(behaviour);
      const { practice: now } = core.appInfo.get();
      if (practice) core.appInfo.change({ practice: { ...now, behaviour } });
    },
    async openPracticePage(page, vendor) {
      const phoneOf = practice?.servers.find((one) => one.vendor === vendor && one.approvalUrl);
      const address = page === 'inbox' ? practice?.inboxUrl : phoneOf?.approvalUrl;
      if (!address) {
        throw new GatehouseError({
          kind: 'conflict',
          message: 'The practice servers are not running.',
          advice: 'Start them first.',
        });
      }
      await practicePages.open(address, page === 'inbox' ? 'Practice inbox' : 'Practice phone');
    },
    async openDataFolder() {
      await shell.openPath(core.appInfo.get().dataFolder);
    },
    chooseTray: choose,
    async saveAs(name) {
      const options = { defaultPath: join(app.getPath('downloads'), fileName(name)) };
      const parent = window.parent();
      const { canceled, filePath } = await (parent
        ? dialog.showSaveDialog(parent, options)
        : dialog.showSaveDialog(options));
      return canceled ? null : filePath;
    },
    async chooseFile(title, extensions) {
      const options: Electron.OpenDialogOptions = {
        title,
        properties: ['openFile'],
        filters: [
          { name: title, extensions },
          { name: 'All files', extensions: ['*'] },
        ],
      };
      const parent = window.parent();
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    copy: copyForAWhile,
    settingsChanged: applySettings,
    quit,
    askUpdate,
  };

  return {
    actions,
    showState,
    applySettings,
    locked,
    unlocked,
    downloadRefused,
    askQuit,
    sessionEnds,
    quitting: () => quitting,
    /** A start asked for it instead of for the window. */
    task: (id: Task) => choseInSystem(id),
    prompted: notices.prompted,
    /** One notification for all sessions that run out soon. */
    expiring(sessionIds: string[]) {
      if (!core.settings.get().notifications) return;
      const labels = core.isLocked()
        ? []
        : sessionIds.map((id) => core.accounts.find(core.sessions.get(id)?.accountId ?? '')?.label ?? '');
      const one = nativeText(labels[0] || 'A session', 60);
      const title =
        sessionIds.length === 1 ? `${one} runs out soon` : `${sessionIds.length} sessions run out soon`;
      const body = labels.slice(0, 5).map((label) => nativeText(label, 60));
      notify(title, body.join(', '), () => window.show());
    },
    /** The window was closed: true keeps Gatehouse in the tray. */
    closed(): boolean {
      if (quitting) return false;
      if (core.settings.get().closeToTray) void askAboutTray();
      else askQuit();
      return true;
    },
  };
}
