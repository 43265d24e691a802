import bowser from 'bowser';
import { parseSessionTag } from '#lib/session-tag.ts';

/** Characters; browsers send half of this. Reading a longer one takes more time than anybody has. */
const longest = 400;

/** A User-Agent in words: "Firefox 151, Linux", "Gatehouse 0.1.0"; the text itself when nothing is known of it. */
export function browserName(stated: string | undefined): string | null {
  if (!stated) return null;
  const userAgent = stated.slice(0, longest);
  const ours = parseSessionTag(userAgent);
  if (ours) return `Gatehouse ${ours.version}`;
  const { browser, os } = bowser.parse(userAgent);
  if (!browser.name) return userAgent.slice(0, 60);
  const name = [browser.name, browser.version?.split('.')[0]].filter(Boolean).join(' ');
  return os.name ? `${name}, ${os.name}` : name;
}
