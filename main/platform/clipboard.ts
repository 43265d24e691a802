import { ClipboardItem, clipboard } from 'electron';

/** Seconds that a copied secret stays on the clipboard. */
export const clearsAfterSeconds = 30;

const no = new Uint8Array(4); // a DWORD of 0

/** What tells the clipboard histories and cloud clipboards of a system that a text is a secret, by the system's own formats. */
export function secretFormats(platform: string): Record<string, string | Uint8Array<ArrayBuffer>> {
  if (platform === 'darwin') return { 'org.nspasteboard.ConcealedType': 'secret' };
  if (platform === 'win32') {
    return {
      ExcludeClipboardContentFromMonitorProcessing: no,
      CanIncludeInClipboardHistory: no,
      CanUploadToCloudClipboard: no,
    };
  }
  return { 'x-kde-passwordManagerHint': 'secret' };
}

let copied: string | null = null;
let timer: NodeJS.Timeout | undefined;
/** Settled when the last text is on the clipboard. */
let writing: Promise<void> = Promise.resolve();

/** All formats in one item: a text that is marked afterwards is in the history already. */
async function write(text: string): Promise<void> {
  const marks = Object.entries(secretFormats(process.platform)).map(([name, value]) => [
    `electron application/osclipboard;format="${name}"`,
    new Blob([value]),
  ]);
  try {
    await clipboard.write([new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(marks) })]);
  } catch {
    // A system that knows no such formats still gets the text that the person asked for.
    await clipboard.writeText(text);
  }
}

/** Puts a secret on the clipboard and takes it off again, unless something else was copied meanwhile. */
export function copyForAWhile(text: string): number {
  copied = text;
  writing = Promise.allSettled([writing, write(text)]).then(() => {});
  clearTimeout(timer);
  timer = setTimeout(() => void clearCopied(), clearsAfterSeconds * 1000);
  return clearsAfterSeconds;
}

/** Takes off the clipboard what was copied here and is still there; also called on lock and before quitting. Never throws. */
export async function clearCopied(): Promise<void> {
  const text = copied;
  copied = null;
  clearTimeout(timer);
  if (text === null) return;
  await writing;
  try {
    if ((await clipboard.readText()) === text) clipboard.clear();
  } catch {
    // One that can't be read may still hold the secret.
    clipboard.clear();
  }
}
