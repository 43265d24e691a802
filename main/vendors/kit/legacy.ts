import type { Action } from '#contract/admin.ts';

export const actionOf = (id: string, label: string, more: Partial<Action> = {}): Action => ({
  ...{ id, label, fields: [], danger: false },
  ...more,
});

export function unless(held: boolean, words: string): { missingRight?: string } {
  return held ? {} : { missingRight: words };
}

export function splitAction(id: string): { verb: string; object: string } {
  const at = id.indexOf(':');
  return at < 0 ? { verb: id, object: '' } : { verb: id.slice(0, at), object: id.slice(at + 1) };
}
