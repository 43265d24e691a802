import { beforeEach, expect, test, vi } from 'vitest';
import { createPracticePages } from '../../../main/platform/practice-windows.ts';
import { confineEverything } from '../../../main/platform/security.ts';
import { desktop, reset } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let pages: ReturnType<typeof createPracticePages>;
beforeEach(() => {
  reset();
  confineEverything();
  pages = createPracticePages({ onDownload: () => {} });
});
const open = () => pages.open('http://127.0.0.1:4000/inbox?key=secret', 'Inbox');
const shown = () => desktop.windows.map(({ visible }) => visible);

test('a lock hides practice pages and the unlock shows them', async () => {
  await open();
  await open();
  pages.lock('hide');
  expect(shown()).toEqual([false, false]);
  pages.unlock();
  expect(shown()).toEqual([true, true]);
});

test('a lock closes them where the settings say so; with the last one the profile is wiped', async () => {
  await open();
  await open();
  const profile = desktop.sessions.get('practice')!;
  desktop.windows[0]!.destroy();
  expect(profile.wiped).toEqual([]);
  pages.lock('close');
  expect(desktop.windows.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  expect(profile.wiped).toEqual(['storage']);
});

test('one that can’t be loaded is named by its host', async () => {
  desktop.load = async (_window, url) => {
    throw Object.assign(new Error(`ERR_CONNECTION_REFUSED (-102) loading '${url}'`), {
      code: 'ERR_CONNECTION_REFUSED',
    });
  };
  await expect(open()).rejects.toThrow('The page of 127.0.0.1:4000 could not be loaded.');
  expect(desktop.windows[0]!.destroyed).toBe(true);
});
