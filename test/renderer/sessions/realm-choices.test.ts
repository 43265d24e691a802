import { expect, test } from 'vitest';
import { realmChoices } from '../../../renderer/sessions/realm-choices.ts';

test('a realm that nobody can be in at present says why, used before or not', () => {
  const open = { realm: { id: 'a', name: 'Open' }, roles: [], here: false };
  const shut = { realm: { id: 'b', name: 'Shut' }, roles: [], here: false, closed: 'Deactivated.' };
  const used = [{ id: 'b', name: 'Shut', pinned: true, usedAt: 1 }];
  const all = realmChoices([open, shut], used, null, '').flatMap(({ choices }) => choices);
  expect(all.map(({ realm, closed }) => [realm.name, closed])).toEqual([
    ['Shut', 'Deactivated.'],
    ['Open', undefined],
  ]);
});
