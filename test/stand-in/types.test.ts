import type { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { expectTypeOf, test } from 'vitest';
import type * as host from '../../stand-in/electron.ts';

/*
 * What the host offers has Electron's own type, member by member; of an object that it offers in part, the part. The compiler
 * checks it, so it fails in the type check of `npm test`. Events are the conformance suite's.
 */

type Shared<Ours, Theirs> = {
  [K in Exclude<keyof Ours & keyof Theirs, keyof EventEmitter>]: Member<Ours[K], Theirs[K]>;
};
type Member<Ours, Theirs> = Ours extends Theirs
  ? Theirs
  : Ours extends (...given: infer In) => infer Out
    ? Theirs extends (...given: never) => infer TheirOut
      ? (...given: In) => Member<Out, TheirOut>
      : Theirs
    : Ours extends readonly (infer One)[]
      ? Theirs extends readonly (infer TheirOne)[]
        ? Member<One, TheirOne>[]
        : Theirs
      : Ours extends object
        ? Theirs extends object
          ? Shared<Ours, Theirs>
          : Theirs
        : Theirs;

type Host = typeof host;
/** Those of which anything is offered. */
type Name = { [K in keyof Host]: keyof Host[K] extends never ? never : K }[keyof Host];
type Modules = Pick<
  Host,
  Exclude<Name, 'default' | 'Tray' | 'Notification' | 'BrowserWindow' | 'ClipboardItem'>
>;
type Window = InstanceType<typeof host.BrowserWindow>;
type Contents = Window['webContents'];
type OurSession = ReturnType<typeof host.session.fromPartition>;
type OurTray = InstanceType<typeof host.Tray>;
type OurNotification = InstanceType<typeof host.Notification>;

test('each module, each window, page and session has Electron’s types', () => {
  expectTypeOf<Modules>().toExtend<Shared<Modules, typeof Electron>>();
  expectTypeOf<Window>().toExtend<Shared<Window, Electron.BrowserWindow>>();
  expectTypeOf<Contents>().toExtend<Shared<Contents, Electron.WebContents>>();
  expectTypeOf<OurSession>().toExtend<Shared<OurSession, Electron.Session>>();
  expectTypeOf<OurTray>().toExtend<Shared<OurTray, Electron.Tray>>();
  expectTypeOf<OurNotification>().toExtend<Shared<OurNotification, Electron.Notification>>();
});

interface Wrong {
  app: { getVersion(): number };
  clipboard: { readText(): string };
  screen: { getAllDisplays(): { workArea: { x: string } }[] };
}

test('a member of another type is seen at any depth', () => {
  expectTypeOf<Pick<Wrong, 'app'>>().not.toExtend<Shared<Pick<Wrong, 'app'>, typeof Electron>>();
  expectTypeOf<Pick<Wrong, 'clipboard'>>().not.toExtend<Shared<Pick<Wrong, 'clipboard'>, typeof Electron>>();
  expectTypeOf<Pick<Wrong, 'screen'>>().not.toExtend<Shared<Pick<Wrong, 'screen'>, typeof Electron>>();
});
