import { spawnSync } from 'node:child_process';
import { copyThroughWindow } from './browser-window.ts';
import { offer } from './offer.ts';
import { findProgram } from './programs.ts';

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

export const clipboard = offer('clipboard', { writeText, readText, clear: () => writeText('') });
