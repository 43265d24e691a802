import { spawnSync } from 'node:child_process';
import type * as Electron from 'electron';
import { findProgram } from '../scripts/lib/programs.mjs';
import { copyThroughWindow } from './browser-window.ts';
import { offer } from './offer.ts';

const limit = 2_000; // ms
let remembered = '';

interface Tool {
  write: [string, string[]];
  read: [string, string[]];
}

const underTest = process.env.GATEHOUSE_E2E === '1';
let tool: Tool | null | undefined;

/** The system's clipboard program, if one is installed. Not used under test: a test must not touch a person's clipboard. */
function findTool(): Tool | null {
  if (underTest) return null;
  const wayland = process.env.WAYLAND_DISPLAY ? findProgram('wl-copy') : null;
  if (wayland) return { write: [wayland, []], read: ['wl-paste', ['--no-newline']] };
  const xclip = process.env.DISPLAY ? findProgram('xclip') : null;
  if (xclip)
    return { write: [xclip, ['-selection', 'clipboard']], read: [xclip, ['-selection', 'clipboard', '-o']] };
  const xsel = process.env.DISPLAY ? findProgram('xsel') : null;
  return xsel ? { write: [xsel, ['-bi']], read: [xsel, ['-bo']] } : null;
}

function writeText(text: string): void {
  remembered = text;
  tool ??= findTool();
  if (tool)
    spawnSync(tool.write[0], tool.write[1], {
      input: text,
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: limit,
    });
  else if (!underTest) copyThroughWindow(text);
}

/** Without a clipboard program only what was written from here is known. */
function readText(): string {
  tool ??= findTool();
  if (!tool) return remembered;
  const result = spawnSync(tool.read[0], tool.read[1], { encoding: 'utf8', timeout: limit });
  return result.status === 0 ? result.stdout : '';
}

type Payload = ConstructorParameters<typeof Electron.ClipboardItem>[0];

export class ClipboardItem {
  readonly payload: Payload;
  constructor(payload: Payload) {
    this.payload = payload;
  }
  get types(): string[] {
    return Object.keys(this.payload);
  }
}

/** The programs take one format, the text: what marks it as a secret is lost here. */
async function write([item]: ClipboardItem[]): Promise<void> {
  const text = item?.payload['text/plain'];
  if (typeof text !== 'string') throw new Error('host: clipboard.write needs text/plain');
  writeText(text);
}

export const clipboard = offer('clipboard', { write, writeText, readText, clear: () => writeText('') });
