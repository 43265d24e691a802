import { expect, test } from 'vitest';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestHouse, removeFolder, until } from '../house-kit.ts';

test('orders that the disk refuses in their midst leave no receipt, and what was ordered is confirmed all the same', async () => {
  const folder = newFolder();
  const practice = await startPractice({ only: ['enhance'] });
  const server = practice.servers[0]!;
  const desk = await openTestHouse(folder);
  const { house } = desk;
  const ids = ['Nora Lindholm', 'Sam Whitlock'].map((person) => {
    const { id } = desk.add(server, person);
    return house.desk.signIn({ accountId: id }, 'window');
  });
  for (const id of ids) await desk.reach(id, 'active');
  house.store.run(`CREATE TEMP TRIGGER refuses BEFORE INSERT ON main.endings WHEN NEW.session_id = '${ids[1]}'
    BEGIN SELECT RAISE(ABORT, 'refused'); END`);
  expect(() => house.receipts.end('Both', ids, 'window')).toThrow('refused');
  expect(house.receipts.all()).toEqual([]);
  house.store.run('DROP TRIGGER refuses');
  await until('the first is over', () => house.book.get(ids[0]!)?.state === 'ended');
  await house.endings.idle();
  expect(house.store.get('SELECT state FROM sessions WHERE id = ?', ids[0]!)).toMatchObject({
    state: 'ended',
  });
  house.receipts.end('Again', [ids[1]!], 'window');
  await until('the second is over', () => house.book.get(ids[1]!)?.state !== 'ending');
  expect(desk.bugs).toEqual([]);
  expect(await house.ledger.verify()).toMatchObject({ ok: true });
  await house.close(0);
  await practice.close();
  removeFolder(folder);
});
