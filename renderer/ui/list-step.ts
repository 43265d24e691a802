/**
 * Where a key leads in a list with group heads from the item at `at`: to the next, a page on, the ends, or by Arrow Left the head of the
 * group; undefined when the key leads nowhere. A page is what fits in `viewHeight`, with rows of `rowHeight` (both px).
 */
export function listStep<Item extends { kind: string }>(
  items: readonly Item[],
  at: number,
  key: string,
  { viewHeight, rowHeight }: { viewHeight: number; rowHeight: number },
): Item | undefined {
  const page = Math.max(1, Math.floor(viewHeight / rowHeight) - 1);
  const to = (index: number) => items[Math.max(0, Math.min(items.length - 1, index))];
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(items.length - 1);
    case 'ArrowLeft':
      return items.slice(0, at).findLast(({ kind }) => kind === 'group');
    default:
      return undefined;
  }
}
