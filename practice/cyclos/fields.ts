import { InputFault } from './faults.ts';

/** What the `fields` parameter says about one level of an object. */
interface Level {
  /** Field to what is chosen inside it; nothing else of this level is answered when there is one. */
  included: Map<string, string[]>;
  excluded: Set<string>;
  /** What is chosen inside a field without a word about the field itself. */
  nested: Map<string, string[]>;
}

/**
 * Keeps what the `fields` parameter names: `a` and `+a` include, `-a` and `!a` leave out, `*a.b` speaks only of what is in `a`;
 * dots reach inside. Arrays are treated element by element. Throws 422 when a field is both included and left out.
 */
export function chosenFields(value: unknown, fields: string[]): unknown {
  if (fields.length === 0) return value;
  const level = levelOf(fields);
  if (Array.isArray(value)) return value.map((each) => chosenFields(each, fields));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, inside] of Object.entries(value)) {
    if (level.excluded.has(name) || (level.included.size > 0 && !level.included.has(name))) continue;
    kept[name] = chosenFields(inside, level.included.get(name) ?? level.nested.get(name) ?? []);
  }
  return kept;
}

function levelOf(fields: string[]): Level {
  const level: Level = { included: new Map(), excluded: new Set(), nested: new Map() };
  for (const field of fields) {
    const sign = /^[-!+*]/.test(field) ? field.charAt(0) : '+';
    const [name = '', ...rest] = field.replace(/^[-!+*]/, '').split('.');
    const inside = rest.length > 0 ? [rest.join('.')] : [];
    if (sign === '-' || sign === '!') level.excluded.add(name);
    else add(sign === '*' ? level.nested : level.included, name, inside);
  }
  for (const name of level.excluded) {
    if (level.included.has(name))
      throw new InputFault({
        code: 'validation',
        generalErrors: [`The field ${name} is included and left out`],
      });
  }
  return level;
}

/** A field that is named as a whole is kept as a whole, whatever else is named in it. */
function add(to: Map<string, string[]>, name: string, inside: string[]): void {
  const known = to.get(name);
  const whole = inside.length === 0 || known?.length === 0;
  to.set(name, whole ? [] : [...(known ?? []), ...inside]);
}
