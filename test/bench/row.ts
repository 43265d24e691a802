/** One line of the bench's table and of out/bench.json. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  /** What the value is held against, measured in the same run or reckoned from how it was set up; in the same unit. */
  limit: number;
  /** `value` over `limit`. */
  ratio: number;
  /** The ratio to reach, or less. */
  aim: number;
  /** What value and limit are, in a few words. */
  note: string;
}

/** What a bench file offers. */
export interface Bench {
  measure(): Promise<Row[]>;
}

export function row(
  name: string,
  { value, limit, ...rest }: Pick<Row, 'value' | 'unit' | 'limit' | 'aim' | 'note'>,
): Row {
  return { name, value: tidy(value), limit: tidy(limit), ratio: tidy(value / limit), ...rest };
}

/** A row without a natural limit: the aim is the limit, so the ratio to reach is 1. */
export function rowByAim(name: string, value: number, unit: string, most: number, note: string): Row {
  return row(name, { value, unit, limit: most, aim: 1, note: `${note}; the limit is the aim` });
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Four digits that matter. */
function tidy(value: number): number {
  return Number(value.toPrecision(4));
}
