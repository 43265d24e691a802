import { describe, expect, test } from 'vitest';
import { makeClock } from '../../../practice/common/clock.ts';
import { Inbox } from '../../../practice/common/inbox.ts';
import { makeIds } from '../../../practice/common/seed.ts';

describe('seeded ids', () => {
  test('repeat with the same seed and run', () => {
    const make = () => {
      const ids = makeIds('a');
      return [
        ...[ids.uuid('x'), ids.nextUuid('s'), ids.nextUuid('s'), ids.nextToken('t', 70)],
        ...[ids.nextPin(6), ids.authenticatorSecret('p'), ids.chance()],
      ];
    };
    expect(make()).toEqual(make());
  });

  test('keep people and change tokens when only the run differs', () => {
    const [first, second] = [makeIds('a', 'monday'), makeIds('a', 'tuesday')];
    expect(first.uuid('x')).toBe(second.uuid('x'));
    expect(first.nextToken('t', 40)).not.toBe(second.nextToken('t', 40));
  });

  test('have the right form', () => {
    const ids = makeIds('a');
    expect(ids.uuid('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.nextPin(6)).toMatch(/^\d{6}$/);
    expect(ids.authenticatorSecret('x')).toMatch(/^[A-Z2-7]{32}$/);
    expect(ids.nextToken('t', 70)).toMatch(/^[\w-]{70}$/);
  });
});

describe('clock', () => {
  test('goes forward only', () => {
    const clock = makeClock();
    const before = clock.now();
    clock.advance(60_000);
    expect(clock.now() - before).toBeGreaterThanOrEqual(60_000);
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });
});

describe('inbox', () => {
  const letter = {
    ...({ medium: 'email', from: 'a@b.example', subject: 's', text: 't', vendor: 'enhance', at: 0 } as const),
  };

  test('finds letters by address, whatever its case, and tells of arrivals', () => {
    const inbox = new Inbox();
    const seen: number[] = [];
    const stop = inbox.onLetter((arrived) => seen.push(arrived.number));
    inbox.send({ ...letter, to: 'nora@x.example', code: '1' });
    inbox.send({ ...letter, to: 'amir@x.example', code: '2' });
    stop();
    inbox.send({ ...letter, to: 'NORA@x.example', code: '3' });
    expect(inbox.list('Nora@x.example').map((found) => found.code)).toEqual(['1', '3']);
    expect(inbox.latest('nora@x.example')?.code).toBe('3');
    expect(inbox.latest('nobody@x.example')).toBeNull();
    expect(seen).toEqual([1, 2]);
  });

  test('keeps the newest 500', () => {
    const inbox = new Inbox();
    for (let count = 0; count < 510; count += 1) inbox.send({ ...letter, to: 'x@x.example' });
    expect(inbox.list()).toHaveLength(500);
    expect(inbox.list()[0]?.number).toBe(11);
  });
});
