import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { GatehouseError } from '#contract/failure.ts';
import { nativeText } from './native-text.ts';

/** The folder that holds our own code, bundled (out/) or not. */
const home = dirname(dirname(fileURLToPath(import.meta.url)));
const homes = [`${pathToFileURL(dirname(home)).href}/`, `${dirname(home)}/`, `${dirname(home)}\\`];

/** Addresses of any scheme; what a message quotes of one may be a token. */
const address = /[a-z][a-z0-9+.-]*:\/*[^\s'"<>]*[/?=@][^\s'"<>]*/gi;

const mostFrames = 20;

/** What may be written down of an error: no text of anybody else's, no address, and of the stack our own lines only. */
export interface ErrorLine {
  error: string;
  /** The system's word for it: ENOENT, ERR_ABORTED … */
  code?: string;
  /** Only of our own errors, which are written for people. */
  message?: string;
  stack?: string[];
}

/** An error as the log may hold it. Whatever was thrown, this throws nothing. */
export function errorLine(error: unknown): ErrorLine {
  if (!(error instanceof Error)) return { error: 'not an error' };
  const { code } = error as NodeJS.ErrnoException;
  const stack = ownFrames(error);
  return {
    error: /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error',
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,59}$/.test(code) ? { code } : {}),
    ...(error instanceof GatehouseError
      ? { message: nativeText(error.message.replace(address, '•••'), 300) }
      : {}),
    ...(stack.length > 0 ? { stack } : {}),
  };
}

/** `out/main/index.js:12:5` for each frame in our own code. The message, which may look like frames, is cut off first. */
function ownFrames(error: Error): string[] {
  const { stack, message } = error;
  if (typeof stack !== 'string') return [];
  const at = message === '' ? -1 : stack.indexOf(message);
  const frames = at === -1 ? stack : stack.slice(at + message.length);
  return frames
    .split('\n')
    .flatMap((line) => ownPlace(line) ?? [])
    .slice(0, mostFrames);
}

function ownPlace(line: string): string | null {
  const place = /^ {4}at (?:.*\()?([^()]+:\d+:\d+)\)?$/.exec(line)?.[1];
  const own = homes.find((one) => place?.startsWith(one));
  const path = own && place?.slice(own.length);
  return path && /^[\w./\\-]{1,100}\.[cm]?[jt]s:\d+:\d+$/.test(path) ? path : null;
}
