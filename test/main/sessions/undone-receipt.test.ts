import { expect, test } from 'vitest';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, until } from '../core-harness.ts';

test('orders that the disk refuses in their midst leave no receipt, and what was ordered is confirmed all the same', async () => {
  const folder = newFolder();
  const practice = await startPractice({ only: ['enhance'] });
  const server = practice.servers[0]!;
  const app = await openTestApp(folder);
  const { core } = app;
  const ids = ['Nora Lindholm', 'Sam Whitlock'].map((person) => {
    const { id } = app.add(server, person);
    return core.sessions.signIn({ accountId: id }, 'window');
  });
  for (const id of ids) await app.reach(id, 'active');
  core.store.run(`CREATE TEMP TRIGGER refuses BEFORE INSERT ON main.endings WHEN NEW.session_id = '${ids[1]}'
    BEGIN SELECT RAISE(ABORT, 'refused'); END`);
  expect(() => core.receipts.end('Both', ids, 'window')).toThrow('refused');
  expect(core.receipts.all()).toEqual([]);
  core.store.run('DROP TRIGGER refuses');
  await until('the first is over', () => core.sessions.get(ids[0]!)?.state === 'ended');
  await core.sessions.idle();
  expect(core.store.get('SELECT state FROM sessions WHERE id = ?', ids[0]!)).toMatchObject({
    state: 'ended',
  });
  core.receipts.end('Again', [ids[1]!], 'window');
  await until('the second is over', () => core.sessions.get(ids[1]!)?.state !== 'ending');
  expect(app.bugs).toEqual([]);
  expect(await core.ledger.verify()).toMatchObject({ ok: true });
  await core.close(0);
  await practice.close();
  removeFolder(folder);
});
