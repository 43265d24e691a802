import { listStep } from '../ui/list-step.ts';
import { type ListItem, rowHeight } from './list-items.ts';

let typed = '';
let typedAt = 0;

/** Where a key leads in the list from the item at `at`; undefined when the key means nothing here. */
export function nextItem(
  items: readonly ListItem[],
  at: number,
  key: string,
  viewHeight: number,
  labelOf: (item: ListItem) => string,
): ListItem | undefined {
  const step = listStep(items, at, key, { viewHeight, rowHeight });
  return step ?? (key.length === 1 ? byLetters(items, at, key, labelOf) : undefined);
}

/** Letters typed within 700 ms of each other are the beginning of a label. */
function byLetters(
  items: readonly ListItem[],
  at: number,
  key: string,
  labelOf: (item: ListItem) => string,
): ListItem | undefined {
  const now = Date.now();
  typed = now - typedAt < 700 ? typed + key.toLowerCase() : key.toLowerCase();
  typedAt = now;
  const from = typed.length === 1 ? at + 1 : at;
  return [...items.slice(from), ...items.slice(0, from)].find(
    (item) => item.kind === 'row' && labelOf(item).toLowerCase().startsWith(typed),
  );
}
