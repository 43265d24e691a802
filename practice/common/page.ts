const STYLE = `
:root { color-scheme: light dark; --paper: #f6f7f9; --card: #fff; --ink: #1c2430; --soft: #556070; --line: #d9dee6; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181f; --card: #1d232d; --ink: #e8ecf2; --soft: #a7b1bf; --line: #333c49; --mark: #7ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } a { color: var(--mark); } .soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem; margin: .75rem 0; }
.card header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; }
.code { font: 600 1.6rem/1.4 ui-monospace, monospace; letter-spacing: .12em; user-select: all; overflow-wrap: anywhere; }
.code.long { font-size: 1rem; letter-spacing: 0; }
code { font-family: ui-monospace, monospace; user-select: all; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .45rem .5rem; border-top: 1px solid var(--line); }
th { font-weight: 600; } .scroll { overflow-x: auto; }
`;

/** Makes text safe inside HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** A whole page in the practice servers' plain look; `body` is HTML, `script` a path on the same server. */
export function page(title: string, body: string, script?: string): string {
  const run = script === undefined ? '' : `<script src="${escapeHtml(script)}" defer></script>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style>${run}</head>
<body><main>${body}</main></body></html>`;
}
