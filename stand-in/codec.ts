/**
 * Structured clone over a text channel. Both functions also run in the page's isolated world (their source text is
 * sent there), so they use nothing outside themselves.
 */
export function encode(value: unknown): string {
  const plain = (item: unknown): boolean => {
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return true;
    if (typeof item === 'number') return Number.isFinite(item);
    if (typeof item !== 'object') return false;
    if (Array.isArray(item)) return item.every(plain);
    const proto = Object.getPrototypeOf(item);
    if (proto !== null && proto !== Object.prototype && Object.getPrototypeOf(proto) !== null) return false;
    if (Object.prototype.toString.call(item) !== '[object Object]' || '$' in item) return false;
    return Object.values(item).every((inner) => inner === undefined || plain(inner));
  };
  const tag = (item: unknown): unknown => {
    if (item === undefined) return { $: 'undefined' };
    if (typeof item === 'bigint') return { $: 'bigint', v: String(item) };
    if (typeof item === 'number') return Number.isFinite(item) ? item : { $: 'number', v: String(item) };
    if (typeof item === 'function' || typeof item === 'symbol')
      throw new Error('An object could not be cloned.');
    if (item === null || typeof item !== 'object') return item;
    if (Array.isArray(item)) return item.map(tag);
    if (item instanceof Date) return { $: 'date', v: item.getTime() };
    if (item instanceof Error) return { $: 'error', n: item.name, v: item.message };
    if (item instanceof Map) return { $: 'map', v: [...item].map(tag) };
    if (item instanceof Set) return { $: 'set', v: [...item].map(tag) };
    if (item instanceof ArrayBuffer || ArrayBuffer.isView(item)) {
      const bytes =
        item instanceof ArrayBuffer
          ? new Uint8Array(item)
          : new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return { $: 'bytes', v: btoa(text) };
    }
    return { $: 'object', v: Object.entries(item).map(([key, inner]) => [key, tag(inner)]) };
  };
  return plain(value) ? `j${JSON.stringify(value)}` : `t${JSON.stringify(tag(value))}`;
}

/** Reads what encode wrote. */
export function decode(text: string): unknown {
  const untag = (item: unknown): unknown => {
    if (item === null || typeof item !== 'object') return item;
    if (Array.isArray(item)) return item.map(untag);
    const { $: kind, v, n } = item as { $: string; v: unknown; n?: string };
    if (kind === 'undefined') return undefined;
    if (kind === 'bigint') return BigInt(v as string);
    if (kind === 'number') return Number(v);
    if (kind === 'date') return new Date(v as number);
    if (kind === 'error') return Object.assign(new Error(v as string), { name: n });
    if (kind === 'map') return new Map(untag(v) as [unknown, unknown][]);
    if (kind === 'set') return new Set(untag(v) as unknown[]);
    if (kind === 'bytes') return Uint8Array.from(atob(v as string), (letter) => letter.charCodeAt(0));
    return Object.fromEntries((v as [string, unknown][]).map(([key, inner]) => [key, untag(inner)]));
  };
  const body = JSON.parse(text.slice(1));
  return text[0] === 'j' ? body : untag(body);
}
