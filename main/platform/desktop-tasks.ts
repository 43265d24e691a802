import { app, Menu } from 'electron';

/** What a start may ask of the Gatehouse that runs, by its argument; the ids are the tray's. */
const tasks = [
  {
    argument: '--sign-out-everywhere',
    id: 'sign-out-everywhere',
    label: 'Sign out everywhere',
    description: 'Ends every session that Gatehouse has opened',
  },
  { argument: '--lock', id: 'lock', label: 'Lock', description: 'Locks the vault' },
] as const;

export type Task = (typeof tasks)[number]['id'];

/** The task that a start's arguments ask for; null when it is a start like any other. */
export const taskOf = (argv: readonly string[]): Task | null =>
  tasks.find(({ argument }) => argv.includes(argument))?.id ?? null;

/** Offers the tasks where the system has a place for them: the jump list of Windows, the dock of macOS. */
export function offerTasks(choose: (task: Task) => void): void {
  if (process.platform === 'darwin')
    app.dock?.setMenu(
      Menu.buildFromTemplate(tasks.map(({ id, label }) => ({ label, click: () => choose(id) }))),
    );
  // The jump list starts the program anew, which has to be Gatehouse and not the bare Electron.
  if (process.platform === 'win32' && app.isPackaged)
    app.setUserTasks(
      tasks.map(({ argument, label, description }) => ({
        program: process.execPath,
        arguments: argument,
        title: label,
        description,
        iconPath: process.execPath,
        iconIndex: 0,
      })),
    );
}
