/** Control, format, bidi and blank characters that could make a label lie about what it says. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]+/gu;

/** UTF-16 units that are looked at of a text, so that cleaning a vendor's megabytes costs nothing. */
const lookedAt = 4_000;

/**
 * A text for what the system draws (menus, titles, notifications, file names): one line, nothing that can't be seen, at
 * most `longest` characters, the last one "…" where it was cut.
 */
export function nativeText(text: string, longest = 100): string {
  const start = text.slice(0, lookedAt).toWellFormed();
  const letters = Array.from(start.replace(unseen, ' ').replace(/\s+/g, ' ').trim());
  const whole = letters.length <= longest && text.length <= lookedAt;
  return whole ? letters.join('') : `${letters.slice(0, longest - 1).join('')}…`;
}

/** A label of a native menu, where a lone & would underline the next letter instead of being shown. */
export const menuText = (label: string): string => label.replaceAll('&', '&&');

/** A file's name as it is suggested: no folder, no character that a file system refuses; its ending stays. */
export function fileName(name: string): string {
  const [, start = '', end = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/is.exec(name) ?? [];
  const clean = nativeText(start.replace(/[/\\:*?"<>|]/g, ' '), 80).replace(/^[. ]+|[. ]+$/g, '');
  return `${clean || 'Gatehouse'}${end}`;
}
