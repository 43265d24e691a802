import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { checkBaseUrl } from '#http/base-url.ts';

const shape = z.object({ updates: z.object({ address: z.string().max(2_000) }).optional() });

/** Where an administrator's word for everybody on this computer may lie: by each system's own habit, the first that is there counts. */
export function policyPaths(platform: string, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') return [join(env.ProgramData || 'C:\\ProgramData', 'Gatehouse', 'policy.json')];
  if (platform === 'darwin') return ['/Library/Application Support/Gatehouse/policy.json'];
  const folders = (env.XDG_CONFIG_DIRS || '/etc/xdg').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, 'gatehouse', 'policy.json'));
}

/**
 * What the administrator of this computer has set: the address that updates come from, null where none is set; and the file
 * that says so, or might. Throws `invalid`, which names the file, for one that can't be read or holds something else.
 */
export function readPolicy(paths: readonly string[] = policyPaths(process.platform, process.env)): {
  path: string;
  address: string | null;
} {
  for (const path of paths) {
    const text = textOf(path);
    if (text === null) continue;
    const { updates } = parse(path, text);
    return { path, address: updates ? addressIn(path, updates.address) : null };
  }
  return { path: paths[0] ?? '', address: null };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return null;
    throw refused(path, 'It can’t be read by this user.');
  }
}

function parse(path: string, text: string) {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw refused(path, 'It should look like {"updates": {"address": "https://…"}}.');
  }
}

function addressIn(path: string, address: string): string {
  try {
    return checkBaseUrl(address);
  } catch (error) {
    throw refused(path, error instanceof GatehouseError ? error.failure.message : '');
  }
}

const refused = (path: string, why: string) =>
  new GatehouseError({
    kind: 'invalid',
    message: `The administrator’s settings can’t be used. ${why}`,
    advice: `Tell whoever looks after this computer to mend ${path}.`,
  });
