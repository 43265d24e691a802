import { convert, type HtmlToTextOptions } from 'html-to-text';

/** Characters of HTML that are read: what nests costs more than in proportion. */
export const mostHtml = 100_000;

const options: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: 100, maxChildNodes: 5000 },
  selectors: [
    ...['img', 'title'].map((selector) => ({ selector, format: 'skip' })),
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, pathRewrite: shownAddress } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    // A table with its shape is as wide as the server says: a column span of a million fills the memory.
    ...['table', 'tr', 'td', 'th'].map((selector) => ({ selector, format: 'block' })),
  ],
};

/** Only what a person may want to open by hand stands beside a link. */
function shownAddress(address: string): string {
  return /^https?:\/\//i.test(address) ? address : '';
}

/**
 * A server's HTML as plain text that does nothing: paragraphs and list items in lines, the address of a link in brackets after it, no
 * pictures. What is beyond `mostHtml` characters is cut, and "…" says so.
 */
export function textOfHtml(html: string): string {
  const text = convert(html.slice(0, mostHtml), options);
  return html.length > mostHtml ? `${text}…` : text;
}
