import { expect, test, vi } from 'vitest';
import { notify } from '../../main/platform/notifications.ts';
import { Notification, shownNotifications } from '../../stand-in/notification.ts';

vi.hoisted(() => {
  process.env.GATEHOUSE_E2E = '1';
});
vi.mock('electron', () => import('../../stand-in/notification.ts'));

/** What nobody holds any more is gone, as it would be some time later. */
async function collect(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  await new Promise((done) => setTimeout(done, 50));
  runInNewContext('gc')();
}

test('a click reaches a notification that is held, and none that was let go of', async () => {
  const clicked: string[] = [];
  notify('held', '', () => clicked.push('held'));
  (() => {
    const loose = new Notification({ title: 'loose' });
    loose.on('click', () => clicked.push('loose'));
    loose.show();
  })();
  await collect();
  for (const { held } of shownNotifications) held.deref()?.emit('click', {});
  expect(clicked).toEqual(['held']);
});
