/** What a spreadsheet reads as the beginning of a formula; the wide and small forms become these when a cell is normalised. */
const signs = '[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE66\\uFE62\\uFE63\\uFE6B\\u2212]';
/** What may stand before the sign and is not seen or is taken off: blanks, control, zero-width and bidi characters, quotes. */
const unseen = '[\\s"\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]';
/** What begins a cell for one program or another: not each of them splits at commas, or sees the quotes. */
const separators = /[,;\t\r\n]/;

const runs = new RegExp(`(?:${unseen}|[,;])+`, 'gu');
const sign = new RegExp(signs, 'u');

/** One line as RFC 4180 has it, with its CRLF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = harmless(text);
  return /[",;\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The text with an apostrophe before each sign that begins it, or begins what follows a separator in it, so that no
 * spreadsheet runs it as a formula (OWASP, "CSV injection").
 */
function harmless(text: string): string {
  const inside = text.replace(runs, (run, at: number) => {
    const begins = at === 0 || separators.test(run);
    return begins && sign.test(text.charAt(at + run.length)) ? `${run}'` : run;
  });
  return sign.test(text.charAt(0)) || /^[\t\r\n]/.test(text) ? `'${inside}` : inside;
}
