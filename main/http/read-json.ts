/** Levels of lists and objects in each other; what vendors document has six. */
const deepest = 64;
/** Values in one answer: ten thousand rows of ten fields. More would hold up everything else while it is read. */
const mostValues = 100_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
/** `[` and `{`, `]` and `}` differ in this bit only. */
const braceBit = 0x20;

/** Why a text is not to be read as JSON; null when it may be. Counts without reading, as reading is what costs. */
function excess(text: Buffer): string | null {
  let depth = 0;
  let values = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (quoted) {
      if (byte === backslash) at += 1;
      else if (byte === quote) quoted = false;
    } else if (byte === quote) quoted = true;
    else if (byte === comma) values += 1;
    else if ((byte! | braceBit) === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > deepest) return 'it is nested too deeply';
    } else if ((byte! | braceBit) === 0x7d) depth -= 1;
    if (values > mostValues) return 'it holds more than can be shown';
  }
  return null;
}

/** JSON of a server, or in words why it can't be read (`fault`). Never throws, however deep or long it is. */
export function readJson(
  bytes: Buffer,
): { value: unknown; fault?: undefined } | { value?: undefined; fault: string } {
  const fault = excess(bytes);
  if (fault !== null) return { fault };
  const text = bytes.toString('utf8');
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: text.trim() ? 'it is not JSON' : 'it is empty' };
  }
}
