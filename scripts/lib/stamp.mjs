import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

/**
 * A stamp file says of what a step's result was made; the step is done again when that differs.
 * @param {string} path from the root
 * @param {string} text
 */
export function stampIs(path, text) {
  try {
    return readFileSync(join(root, path), 'utf8') === text;
  } catch {
    return false;
  }
}

/**
 * @param {string} path from the root
 * @param {string} text
 */
export function setStamp(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/**
 * A hash of what is in these files and folders; missing ones count as empty.
 * @param {string[]} paths from the root
 */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addTo(hash, path) {
  const full = join(root, path);
  const kind = statSync(full, { throwIfNoEntry: false });
  if (!kind) return;
  if (kind.isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, join(path, name));
  } else {
    hash.update(path).update('\0').update(readFileSync(full)).update('\0');
  }
}
