import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings, type Prompt, type Settings } from '#contract/shapes.ts';
import { createPromptNotices } from '../../../main/platform/prompt-notices.ts';
import { desktop, reset } from './fake-electron.ts';

/** How the person hears that sign-ins wait, where the window is not before them. */

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(() => {
  reset();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const promptAt = (at: number) => ({ id: `p${at}`, accountId: `a${at}`, state: 'open' }) as Prompt;

function notices({ idle = 60, focused = false, change = {} as Partial<Settings> } = {}) {
  const window = { focused: () => focused, show: vi.fn(), request: vi.fn() };
  const open: Prompt[] = [];
  const told = createPromptNotices({
    window,
    settings: () => ({ ...defaultSettings, ...change }),
    idleSeconds: () => idle,
    open: () => open,
    label: (id) => `Customer ${id}`,
  });
  function ask(count: number) {
    for (let at = open.length, end = at + count; at < end; at += 1) {
      open.push(promptAt(at));
      told.prompted(promptAt(at));
    }
  }
  const shown = () => desktop.notifications.filter((one) => one.open).map(({ title, body }) => [title, body]);
  return { window, told, ask, shown };
}

test('fourteen prompts are one notification, and later ones take its place', () => {
  const { ask, shown, window } = notices();
  ask(14);
  vi.advanceTimersByTime(500);
  expect(desktop.notifications).toHaveLength(1);
  expect(shown()).toEqual([
    [
      '14 sign-ins wait for you',
      'Customer a0, Customer a1, Customer a2, Customer a3, Customer a4 and 9 more',
    ],
  ]);
  expect(window.show).toHaveBeenCalledOnce();
  ask(1);
  vi.advanceTimersByTime(500);
  expect(shown().map(([title]) => title)).toEqual(['15 sign-ins wait for you']);
});

test('one prompt is told by its account’s name, and a click shows it', () => {
  const { ask, shown, window } = notices({ change: { onPrompt: 'notify' } });
  ask(1);
  vi.advanceTimersByTime(500);
  expect(shown()).toEqual([['Customer a0 is waiting for you', 'Open Gatehouse to answer.']]);
  expect(window.show).not.toHaveBeenCalled();
  desktop.notifications[0]!.emit('click');
  expect(window.show).toHaveBeenCalledOnce();
  expect(window.request).toHaveBeenCalledWith({ what: 'show-prompts' });
});

test('the window does not come up while somebody types in another program', () => {
  const busy = notices({ idle: 1 });
  busy.ask(1);
  vi.advanceTimersByTime(500);
  expect(busy.window.show).not.toHaveBeenCalled();
  expect(busy.shown()).toHaveLength(1);
});

test('it comes up without a notification where none is wanted, and nothing is told in front of it', () => {
  const silent = notices({ change: { notifications: false } });
  silent.ask(2);
  vi.advanceTimersByTime(500);
  expect(silent.window.show).toHaveBeenCalledOnce();
  const there = notices({ focused: true });
  there.ask(2);
  vi.advanceTimersByTime(500);
  expect(there.window.show).not.toHaveBeenCalled();
  expect(desktop.notifications).toEqual([]);
});

test('what a lock has ended is told nobody', () => {
  const { ask, told, shown, window } = notices();
  ask(3);
  told.forget();
  vi.advanceTimersByTime(500);
  expect(shown()).toEqual([]);
  expect(window.show).not.toHaveBeenCalled();
});
