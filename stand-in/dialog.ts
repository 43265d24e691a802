import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type * as Electron from 'electron';
import { findProgram } from '../scripts/lib/programs.mjs';
import { theApp } from './app.ts';
import { dropProfile, escapeHtml, openChromium } from './chromium.ts';
import { getFolder } from './folders.ts';
import { offer } from './offer.ts';

/** What dialogs said, and the button that test control presses next (null: the default one). */
export const asked: { shown: string[]; nextAnswer: number | null } = { shown: [], nextAnswer: null };

const underTest = process.env.GATEHOUSE_E2E === '1';

/** The options are the last argument, after an optional parent window. */
function lastOf<T>(args: unknown[]): T {
  return args[args.length - 1] as T;
}

async function showMessageBox(...args: unknown[]): Promise<Electron.MessageBoxReturnValue> {
  const {
    message,
    detail = '',
    buttons,
    defaultId = 0,
    cancelId = 0,
    title = '',
  } = lastOf<Electron.MessageBoxOptions>(args);
  const names = buttons?.length ? buttons : ['OK'];
  if (underTest) {
    asked.shown.push([message, detail].filter(Boolean).join('\n'));
    const response = asked.nextAnswer ?? defaultId;
    asked.nextAnswer = null;
    return { response, checkboxChecked: false };
  }
  const response = await smallWindow(title || theApp.name, message, detail, names);
  return { response: response ?? cancelId, checkboxChecked: false };
}

/** On stderr at once, and in a small window where there is a display; app.exit waits until that is closed. */
function showErrorBox(title: string, content: string): void {
  console.error(`${title}\n${content}`);
  if (underTest) {
    asked.shown.push(`${title}\n${content}`);
    return;
  }
  const shown = smallWindow(theApp.name, title, content, ['OK']).catch(() => undefined);
  theApp.beforeExit.push(() => shown);
}

async function smallWindow(
  title: string,
  message: string,
  detail: string,
  buttons: string[],
): Promise<number | undefined> {
  const { context, profile } = await openChromium({
    title,
    colour: '#ffffff',
    width: 480,
    height: 260,
    partition: null,
    dark: null,
  });
  try {
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    const closed = new Promise<undefined>((done) => page.once('close', () => done(undefined)));
    const pressed = new Promise<number>(
      (done) => void page.exposeBinding('press', (_source, index: number) => done(index)),
    );
    await page.setContent(`<title>${escapeHtml(title)}</title><style>
body{font:15px system-ui,sans-serif;margin:24px;color-scheme:light dark;background:Canvas;color:CanvasText}
p{white-space:pre-wrap;overflow-wrap:anywhere}button{font:inherit;padding:6px 16px;margin-right:8px}</style>
<main role="alertdialog"><h1 style="font-size:16px">${escapeHtml(message)}</h1><p>${escapeHtml(detail)}</p>
${buttons.map((name, index) => `<button onclick="press(${index})">${escapeHtml(name)}</button>`).join('')}</main>`);
    await page.locator('button').first().focus();
    return await Promise.race([closed, pressed]);
  } finally {
    await context.close().catch(() => {});
    await dropProfile(profile);
  }
}

/** GATEHOUSE_SAVE_PATH decides under test; otherwise a free name in the downloads folder. */
async function showSaveDialog(...args: unknown[]): Promise<Electron.SaveDialogReturnValue> {
  const chosen = process.env.GATEHOUSE_SAVE_PATH;
  if (chosen) return { canceled: false, filePath: chosen };
  const { defaultPath = 'gatehouse' } = lastOf<Electron.SaveDialogOptions>(args);
  const end = extname(defaultPath);
  const start = basename(defaultPath, end);
  const folder = existsSync(getFolder('downloads')) ? getFolder('downloads') : getFolder('home');
  let filePath = join(folder, start + end);
  for (let again = 2; existsSync(filePath); again++) filePath = join(folder, `${start} (${again})${end}`);
  return { canceled: false, filePath };
}

/** GATEHOUSE_OPEN_PATH decides under test; otherwise zenity asks, where it is installed. */
async function showOpenDialog(): Promise<Electron.OpenDialogReturnValue> {
  const chosen = process.env.GATEHOUSE_OPEN_PATH;
  if (chosen) return { canceled: false, filePaths: [chosen] };
  const zenity = findProgram('zenity');
  if (!zenity)
    throw new Error('host: dialog.showOpenDialog is not offered by the stand-in host without zenity');
  return new Promise((done) => {
    execFile(zenity, ['--file-selection'], (error, stdout) => {
      done(error ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [stdout.trim()] });
    });
  });
}

export const dialog = offer('dialog', { showMessageBox, showErrorBox, showSaveDialog, showOpenDialog });
