import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { findChromium } from './lib/programs.mjs';

/**
 * Draws every icon of assets/ from its SVG source in a browser. Run after a change of assets/icon.svg or of the
 * drawings below: `node scripts/icons.ts`. The PNGs are committed.
 */

const assets = new URL('../assets/', import.meta.url);
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const gate = (ink: string, width = 1.9) => `
  <g fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">
    <path d="M4.4 19.6V9.6a6.6 6.6 0 0 1 13.2 0v10"/>
    <path d="M8.8 4.4v8.2M13.2 4.4v8.2M4.6 9.2h12.8" stroke-width="${width * 0.78}"/>
  </g>`;

/** The mark in the corner; the shapes differ too, because a template image has no colour. */
const marks = {
  idle: () => '',
  active: (colour: string) => `<circle cx="17" cy="17.2" r="4" fill="${colour}"/>`,
  waiting: (colour: string) =>
    `<circle cx="17" cy="17.2" r="3.1" fill="none" stroke="${colour}" stroke-width="1.9"/>`,
  attention: (colour: string) =>
    `<path d="M17 12.2l5 9.2H12z" fill="${colour}" stroke="${colour}" stroke-linejoin="round"/>`,
};
const colours = { idle: '', active: '#2fae5f', waiting: '#e8a317', attention: '#e5484d' };

/** Cuts a gap around the mark, so that it stands apart from the gate on any ground. */
const cut = (state: keyof typeof marks): string =>
  state === 'idle'
    ? '<rect width="22" height="22" fill="#fff"/>'
    : '<rect width="22" height="22" fill="#fff"/><circle cx="17" cy="17" r="5.9" fill="#000"/>';

function traySvg(state: keyof typeof marks, template: boolean): string {
  const ground = template ? '' : '<rect width="22" height="22" rx="5" fill="#1f62b0"/>';
  const scale = template ? '' : 'transform="translate(2.6 2.2) scale(.76)"';
  const ink = template ? '#000' : '#fff';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22">
    <mask id="cut"><rect width="22" height="22" fill="#fff"/>${cut(state)}</mask>
    <g mask="url(#cut)">${ground}<g ${scale}>${gate(ink, template ? 1.8 : 2.2)}</g></g>
    ${marks[state](template ? '#000' : colours[state])}
  </svg>`;
}

/** The app icon without its margin, and with stronger lines, for sizes at which hairlines vanish. */
const smallSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <rect width="24" height="24" rx="5.6" fill="#1f62b0"/>
  <g fill="none" stroke="#fff" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round">
    <path d="M6.2 18.6V11a5.8 5.8 0 0 1 11.6 0v7.6"/>
    <path d="M10 6.4v7.2M14 6.4v7.2M6.4 10.4h11.2" stroke-width="1.5"/>
  </g>
</svg>`;

const system = findChromium();
const browser = await chromium.launch({
  ...(system ? { executablePath: system } : {}),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();

async function draw(svg: string, size: number, name: string): Promise<void> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  await writeFile(new URL(name, assets), await page.screenshot({ omitBackground: true }));
  console.log(name);
}

await mkdir(new URL('icons/', assets), { recursive: true });
await mkdir(new URL('tray/', assets), { recursive: true });
const app = await readFile(new URL('icon.svg', assets), 'utf8');
for (const size of appSizes) await draw(size <= 32 ? smallSvg : app, size, `icons/${size}x${size}.png`);
await draw(app, 1024, 'icon.png');
for (const state of Object.keys(marks) as (keyof typeof marks)[]) {
  for (const [end, size] of [
    ['', 22],
    ['@2x', 44],
  ] as const) {
    await draw(traySvg(state, false), size, `tray/${state}${end}.png`);
    await draw(traySvg(state, true), size, `tray/${state}Template${end}.png`);
  }
}
await browser.close();
