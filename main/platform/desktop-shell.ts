import { join } from 'node:path';
import { app, dialog, globalShortcut, nativeTheme, powerMonitor, shell } from 'electron';
import { GatehouseError } from '#contract/failure.ts';
import type { Prompt, Settings } from '#contract/shapes.ts';
import { fileName, nativeText } from '#lib/native-text.ts';
import { placePractice } from '../accounts/practice.ts';
import type { House } from '../house.ts';
import type { DesktopActions } from '../ipc/handlers.ts';
import { clearCopied, copyForAWhile } from './clipboard.ts';
import type { Consoles } from './consoles.ts';
import { closeNotifications, notify } from './notifications.ts';
import { type Practice, startPractice } from './practice-process.ts';
import { createPracticePages } from './practice-windows.ts';
import { createTray } from './tray.ts';
import { type TrayState, trayMenu } from './tray-menu.ts';
import type { MainWindow } from './window.ts';

interface DeskOptions {
  house: House;
  window: MainWindow;
  consoles: Consoles;
  /** Folder of the tray's pictures and program of the practice servers. */
  assets: string;
  practiceProgram: string;
}

const signOutShortcut = 'CommandOrControl+Alt+Shift+O';

/** ms that quitting waits for endings on their way; what is left goes on at the next start. */
const quitPatience = 5_000;

/** Joins the house to the desktop: tray, notifications, power, practice servers, quitting. */
export function createDesktopShell({ house, window, consoles, assets, practiceProgram }: DeskOptions) {
  let practice: Practice | null = null;
  let quitting = false;
  const practicePages = createPracticePages({ onDownload: downloadRefused });

  const trayState = (): TrayState => ({
    accounts: house.accounts.all(),
    sessions: house.book.views(),
    locked: house.locked(),
  });
  const tray = createTray(assets, (id) => void choose(id));

  let drawn = true;

  /** The tray is drawn anew at most five times a second, however much happens. */
  function showState() {
    if (!drawn) return;
    drawn = false;
    setTimeout(() => {
      drawn = true;
      if (!quitting) tray.show(trayState());
    }, 200);
  }

  let toldOfDownload = Number.NEGATIVE_INFINITY;

  /** A page that asks for one file after another is answered once in a while. */
  function downloadRefused() {
    const now = performance.now();
    if (now - toldOfDownload < 10_000 || !house.settings.get().notifications) return;
    toldOfDownload = now;
    notify(
      'Nothing was downloaded',
      'Gatehouse keeps no file of a console. Open the page in your browser to download it.',
      () => window.show(),
    );
  }

  /** Nothing that names an account stays in sight, and no console within reach. */
  function locked() {
    const how = house.settings.get().consolesOnLock;
    consoles.lock(how);
    practicePages.lock(how);
    closeNotifications();
    void clearCopied();
    tray.show(trayState());
  }

  function choose(id: string) {
    if (id === 'open') window.show();
    else if (id === 'lock') house.lock('tray');
    else if (id === 'quit') askQuit();
    else if (id === 'sign-out-everywhere') signOutEverywhere();
    else if (id.startsWith('sign-out:')) house.desk.cancel(id.slice('sign-out:'.length), 'tray');
  }

  /** From the tray, the menu or the global shortcut; the receipt is shown when the window comes up. */
  function signOutEverywhere() {
    const receipt = house.signOutEverywhere('tray');
    if (!receipt) return;
    house.request({ what: 'show-receipt', receiptId: receipt.id });
    if (house.wasOpen()) return;
    // Before the first unlock nobody has what the vendors want to see: the orders are kept, and that has to be said.
    window.show();
    if (!house.settings.get().notifications) return;
    const count = receipt.lines.length;
    notify(
      `${count === 1 ? '1 sign-out waits' : `${count} sign-outs wait`} for you to unlock Gatehouse`,
      'They are kept on disk and go to the vendors at the unlock.',
      () => window.show(),
    );
  }

  /** As the settings say: at once, after ending all, or after asking in the window. */
  function askQuit() {
    const open = house.book.all().filter(({ state }) => state === 'active').length;
    const { onQuit } = house.settings.get();
    if (open === 0 || onQuit === 'keep-all') quit(false);
    else if (onQuit === 'end-all') quit(true);
    else {
      window.show();
      house.request({ what: 'confirm-quit', activeSessions: open });
    }
  }

  function quit(endAll: boolean) {
    if (quitting) return;
    quitting = true;
    if (endAll) house.signOutEverywhere('window');
    void Promise.allSettled([house.close(quitPatience), clearCopied()]).then(() => {
      practice?.stop();
      consoles.closeAll();
      tray.close();
      window.destroy();
      app.quit();
    });
  }

  async function practiceOn(): Promise<{ accounts: number }> {
    if (!practice) {
      const state = { inboxUrl: null, phoneUrl: null, failure: null };
      house.changeAppInfo({ practice: { ...state, state: 'starting' } });
      try {
        practice = await startPractice(practiceProgram, () => {
          practice = null;
          if (!quitting) house.changeAppInfo({ practice: { ...state, state: 'off' } });
        });
      } catch (error) {
        const failure = error instanceof GatehouseError ? error.failure : null;
        house.changeAppInfo({ practice: { ...state, state: 'failed', failure } });
        throw error;
      }
      const { inboxUrl, phoneUrl } = practice;
      house.changeAppInfo({ practice: { state: 'running', inboxUrl, phoneUrl, failure: null } });
    }
    return { accounts: placePractice(house.accounts, practice.servers) };
  }

  /** The vault was opened: practice accounts get their servers back before anything is checked. */
  async function unlocked() {
    consoles.unlock();
    practicePages.unlock();
    if (house.accounts.all().some((account) => account.practice) && !practice)
      await practiceOn().catch(() => {});
    house.resume();
  }

  function applySettings() {
    const settings: Settings = house.settings.get();
    nativeTheme.themeSource = settings.theme;
    house.autoLock.plan();
  }

  if (globalShortcut.register(signOutShortcut, signOutEverywhere)) {
    house.changeAppInfo({ signOutShortcut: signOutShortcut.replace('CommandOrControl', 'Ctrl') });
  }

  const lockByPower = () => {
    if (house.settings.get().lockOnSuspend && house.vault.view().hasPassphrase) house.lock('timer');
  };
  powerMonitor.on('suspend', lockByPower);
  powerMonitor.on('lock-screen', lockByPower);
  powerMonitor.on('resume', () => house.agenda.wake());

  const actions: DesktopActions = {
    startPractice: practiceOn,
    async openPracticePage(page) {
      const address = page === 'inbox' ? practice?.inboxUrl : practice?.phoneUrl;
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
      await shell.openPath(house.appInfo().dataFolder);
    },
    chooseTray: choose,
    trayMenu: () => trayMenu(trayState()),
    async saveAs(name) {
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: join(app.getPath('downloads'), fileName(name)),
      });
      return canceled ? null : filePath;
    },
    copy: copyForAWhile,
    settingsChanged: applySettings,
    quit,
  };

  return {
    actions,
    showState,
    applySettings,
    locked,
    unlocked,
    downloadRefused,
    askQuit,
    quitting: () => quitting,
    /** A prompt wants the person: the window comes up and a notification names the account, but for a locked window. */
    prompted(prompt: Prompt) {
      if (window.focused()) return;
      window.show();
      house.request({ what: 'show-prompts' });
      if (!house.settings.get().notifications) return;
      const label = (!house.locked() && house.accounts.get(prompt.accountId)?.label) || 'An account';
      notify(`${nativeText(label, 50)} is waiting for you`, 'Open Gatehouse to answer.', () => window.show());
    },
    /** One notification for all sessions that run out soon. */
    expiring(sessionIds: string[]) {
      if (!house.settings.get().notifications) return;
      const labels = house.locked()
        ? []
        : sessionIds.map((id) => house.accounts.find(house.book.get(id)?.accountId ?? '')?.label ?? '');
      const one = nativeText(labels[0] || 'A session', 60);
      const title =
        sessionIds.length === 1 ? `${one} runs out soon` : `${sessionIds.length} sessions run out soon`;
      const body = labels.slice(0, 5).map((label) => nativeText(label, 60));
      notify(title, body.join(', '), () => window.show());
    },
    /** The window was closed: true keeps Gatehouse in the tray. */
    closed(): boolean {
      if (quitting) return false;
      if (!house.settings.get().closeToTray) askQuit();
      return true;
    },
  };
}
