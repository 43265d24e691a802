import { clipboard } from 'electron';

/** Seconds that a copied secret stays on the clipboard. */
export const clearsAfterSeconds = 30;

let copied: string | null = null;

/** Puts text on the clipboard and takes it off again, unless something else was copied meanwhile. */
export function copyForAWhile(text: string): number {
  clipboard.writeText(text);
  copied = text;
  setTimeout(() => {
    if (copied === text) void clearCopied();
  }, clearsAfterSeconds * 1000);
  return clearsAfterSeconds;
}

/** Takes off the clipboard what was copied here and is still there; also called before quitting. */
export async function clearCopied(): Promise<void> {
  const text = copied;
  copied = null;
  if (text !== null && (await clipboard.readText()) === text) clipboard.clear();
}
