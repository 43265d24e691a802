import bowser from 'bowser';
import { parseMark } from './mark.ts';

/** A User-Agent in words: "Firefox 151, Linux", "Gatehouse 0.1.0"; the text itself when nothing is known of it. */
export function browserName(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const ours = parseMark(userAgent);
  if (ours) return `Gatehouse ${ours.version}`;
  const { browser, os } = bowser.parse(userAgent);
  if (!browser.name) return userAgent.slice(0, 60);
  const name = [browser.name, browser.version?.split('.')[0]].filter(Boolean).join(' ');
  return os.name ? `${name}, ${os.name}` : name;
}
