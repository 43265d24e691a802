import { clipboard } from 'electron';

/** Seconds that a copied secret stays on the clipboard. */
export const clearsAfterSeconds = 30;

/** Puts text on the clipboard and takes it off again, unless something else was copied meanwhile. */
export function copyForAWhile(text: string): number {
  clipboard.writeText(text);
  setTimeout(async () => {
    if ((await clipboard.readText()) === text) clipboard.clear();
  }, clearsAfterSeconds * 1000);
  return clearsAfterSeconds;
}
