import { expect, test } from 'vitest';
import { verdictOf } from '../../../renderer/diagnose/verdict.ts';
import type { Finding } from '../../../renderer/state/types.ts';

const cause = (text: string, rest: Partial<Finding> = {}): Finding => ({ weight: 'cause', text, ...rest });
const hint = (text: string, rest: Partial<Finding> = {}): Finding => ({ weight: 'hint', text, ...rest });

test('what stops them comes first, whoever said it; the rest stays with who knows them', () => {
  const blocked = cause('Blocked.', { personId: 'p1' });
  const device = hint('A device.', { personId: 'p2' });
  const verdict = verdictOf(['a', 'b', 'c'], {
    a: { findings: [blocked, hint('By PIN.', { personId: 'p1' })] },
    b: { findings: [device] },
  });
  expect(verdict).toMatchObject({
    asking: 1,
    causes: [{ sessionId: 'a', finding: blocked }],
    known: [
      { sessionId: 'a', personId: 'p1', findings: [{ text: 'By PIN.' }] },
      { sessionId: 'b', personId: 'p2', findings: [device] },
    ],
    failed: [],
    others: [],
  });
});

test('a block of an address that nobody has in reach still counts', () => {
  const verdict = verdictOf(['a'], {
    a: { findings: [cause('The panel blocks it.'), hint('Not in the lists.', { unknown: true })] },
  });
  expect(verdict.causes).toHaveLength(1);
  expect(verdict.others).toEqual([]);
});

test('being unknown stops them only where nobody knows them', () => {
  const unknown = cause('Nobody has registered.', { unknown: true });
  const elsewhere = { a: { findings: [unknown] }, b: { findings: [hint('Member.', { personId: 'p' })] } };
  expect(verdictOf(['a', 'b'], elsewhere)).toMatchObject({
    causes: [],
    known: [{ sessionId: 'b' }],
    others: [{ sessionId: 'a', findings: [unknown] }],
  });
  const invite = hint('Or invite them.', { unknown: true });
  const nowhere = verdictOf(['a', 'b'], { a: { findings: [unknown, invite] }, b: { findings: [] } });
  expect(nowhere.causes.map(({ sessionId, finding }) => [sessionId, finding])).toEqual([
    ['a', unknown],
    ['a', invite],
  ]);
  expect(nowhere.others).toEqual([{ sessionId: 'b', findings: [] }]);
});

test('who may not look is told from who did not answer', () => {
  const forbidden = { kind: 'forbidden' as const, message: 'Your rights do not allow this.' };
  const timeout = { kind: 'timeout' as const, message: 'No answer.' };
  const verdict = verdictOf(['a', 'b'], { a: { failure: forbidden }, b: { failure: timeout } });
  expect(verdict.others).toEqual([{ sessionId: 'a', findings: [], failure: forbidden }]);
  expect(verdict.failed).toEqual([{ sessionId: 'b', failure: timeout }]);
});
