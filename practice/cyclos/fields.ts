/** A query parameter that is an array: repeated (4.11), comma-joined (4.16) or both. */
export function listOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values
    .flatMap((each) => String(each).split(','))
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/**
 * Keeps what the `fields` parameter names: dots reach inside, a leading `-` or `!` leaves out, `+` and `*` (4.16) keep
 * everything else too. Arrays are treated element by element.
 */
export function chosenFields(value: unknown, fields: string[]): unknown {
  if (fields.length === 0) return value;
  const left = fields.filter((field) => /^[-!]/.test(field)).map((field) => field.slice(1));
  const added = fields.filter((field) => field.startsWith('+')).map((field) => field.slice(1));
  const named = fields.filter((field) => !/^[-!+*]/.test(field));
  const all = named.length === 0 || fields.includes('*');
  const kept = all
    ? value
    : keep(
        value,
        [...named, ...added].map((field) => field.split('.')),
      );
  return leaveOut(
    kept,
    left.map((field) => field.split('.')),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function keep(value: unknown, paths: string[][]): unknown {
  if (Array.isArray(value)) return value.map((each) => keep(each, paths));
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, inside] of Object.entries(value)) {
    const here = paths.filter((path) => path[0] === name);
    if (here.length === 0) continue;
    const deeper = here.map((path) => path.slice(1));
    kept[name] = deeper.some((path) => path.length === 0) ? inside : keep(inside, deeper);
  }
  return kept;
}

function leaveOut(value: unknown, paths: string[][]): unknown {
  if (paths.length === 0) return value;
  if (Array.isArray(value)) return value.map((each) => leaveOut(each, paths));
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, inside] of Object.entries(value)) {
    const here = paths.filter((path) => path[0] === name);
    if (here.some((path) => path.length === 1)) continue;
    kept[name] = leaveOut(
      inside,
      here.map((path) => path.slice(1)),
    );
  }
  return kept;
}
