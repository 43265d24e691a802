import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { findProgram } from '../scripts/lib/programs.mjs';
import { offer } from './offer.ts';

/** Every notification that was shown, oldest first; for test control. */
export const shownNotifications: KeptNotification[] = [];

/** Shown with notify-send where that is installed; a click can't come back from it. */
class KeptNotification extends EventEmitter {
  title: string;
  body: string;
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    if (process.env.GATEHOUSE_E2E === '1') shownNotifications.push(this);
    const program = findProgram('notify-send');
    if (program) spawn(program, ['--', this.title, this.body], { stdio: 'ignore' }).on('error', () => {});
    this.emit('show', {});
  }
  close(): void {
    this.emit('close', {});
  }
}

export const Notification = new Proxy(KeptNotification, {
  construct: (target, [options]: [Electron.NotificationConstructorOptions?]) =>
    offer('Notification', new target(options)),
});
