import type { Receipt } from '../state/types.ts';
import type { Tone } from '../ui/badge.tsx';

export type Line = Receipt['lines'][number];

/** How a session ended, in words that can't be mistaken for each other. */
export const howLabels: Record<Line['how'], { words: string; tone: Tone }> = {
  ending: { words: 'Not confirmed yet', tone: 'wait' },
  vendor: { words: 'Confirmed by the vendor', tone: 'ok' },
  here: { words: 'Ended here', tone: 'wait' },
  expired: { words: 'Ran out', tone: 'off' },
  'possibly-alive': { words: 'Nobody can tell', tone: 'bad' },
};

/** How many lines have an end that is stated, of all. */
export const settledOf = ({ lines }: Receipt): number => lines.filter(({ how }) => how !== 'ending').length;

export const isSettled = (receipt: Receipt): boolean => settledOf(receipt) === receipt.lines.length;

/** What is still owed first; then what needs looking at; then the rest, in their order. */
const weight: Record<Line['how'], number> = {
  ending: 0,
  'possibly-alive': 1,
  here: 2,
  expired: 3,
  vendor: 3,
};

/** The places of these lines, as they are to be read. */
export const inOrder = (lines: readonly Line[]): number[] =>
  lines
    .map(({ how }, place) => ({ place, weight: weight[how] }))
    .toSorted((a, b) => a.weight - b.weight)
    .map(({ place }) => place);

/** The receipts that nobody is done with, newest first. */
export const openReceipts = (receipts: Readonly<Record<string, Receipt>>): Receipt[] =>
  Object.values(receipts)
    .filter(({ doneAt }) => doneAt === null)
    .toSorted((a, b) => b.orderedAt - a.orderedAt);
