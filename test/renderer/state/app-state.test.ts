import { describe, expect, test } from 'vitest';
import { applyChanges, fromSnapshot } from '../../../renderer/state/app-state.ts';
import { receipt } from '../fixture/app-sample.ts';
import { full } from '../fixture/sample.ts';

const app = fromSnapshot(full);
const northwind = full.accounts[0]!;
const s1 = full.sessions[0]!;

describe('applyChanges', () => {
  test('applies changes in their order', () => {
    const next = applyChanges(app, [
      { entity: 'session', id: 's1', value: { ...s1, state: 'ending' } },
      { entity: 'session', id: 's1', value: { ...s1, state: 'ended' } },
    ]);
    expect(next.sessions.s1?.state).toBe('ended');
    expect(app.sessions.s1?.state).toBe('active');
  });

  test('takes away what is null, also when it came in the same batch', () => {
    const next = applyChanges(app, [
      { entity: 'account', id: 'new', value: { ...northwind, id: 'new' } },
      { entity: 'account', id: 'new', value: null },
      { entity: 'prompt', id: 'p1', value: null },
    ]);
    expect('new' in next.accounts).toBe(false);
    expect(next.prompts).toEqual({});
  });

  test('keeps every entity and map that no change names the same object', () => {
    const next = applyChanges(app, [{ entity: 'session', id: 's1', value: { ...s1, person: 'X' } }]);
    expect(next.accounts).toBe(app.accounts);
    expect(next.sessions.s2).toBe(app.sessions.s2);
    expect(next.sessions.s1).not.toBe(app.sessions.s1);
  });

  test('puts a line in its place on its receipt and leaves the others', () => {
    const before = applyChanges(app, [{ entity: 'receipt', id: receipt.id, value: receipt }]);
    const line = { ...receipt.lines[1]!, words: 'Confirmed at last' };
    const next = applyChanges(before, [
      { entity: 'receipt-line', receiptId: receipt.id, value: line },
      { entity: 'receipt-line', receiptId: 'closed since', value: line },
    ]);
    expect(next.receipts[receipt.id]?.lines).toEqual(receipt.lines.with(1, line));
    expect(before.receipts[receipt.id]?.lines).toEqual(receipt.lines);
    expect(Object.keys(next.receipts)).toEqual([receipt.id]);
  });

  test('replaces the vault, the settings and the desk whole', () => {
    const next = applyChanges(app, [
      { entity: 'settings', value: { ...full.settings, theme: 'dark' } },
      { entity: 'appInfo', value: { ...full.appInfo, online: false } },
      { entity: 'vault', value: { ...full.vault, locksAt: null } },
    ]);
    expect([next.settings.theme, next.appInfo.online, next.vault.locksAt]).toEqual(['dark', false, null]);
  });
});
