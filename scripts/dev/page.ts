import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const targets = z.array(
  z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string().optional() }),
);

/** Electron's folder of the page's profile, and the stand-in's. */
const profiles = ['', 'host/profiles/default'];

/**
 * Reloads Gatehouse's own page by the debugging protocol; consoles of vendors stay as they are. Nothing happens while no
 * window is open: a window that opens later loads what is new. Throws when the debugger is there and can't be asked.
 */
export async function reloadPage(dataFolder: string): Promise<void> {
  const port = await portIn(dataFolder);
  if (!port) return;
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  for (const { type, url, webSocketDebuggerUrl } of targets.parse(await answer.json())) {
    const own = type === 'page' && /^gatehouse(\.app\.invalid)?$/.test(new URL(url).hostname);
    if (own && webSocketDebuggerUrl) await order(webSocketDebuggerUrl, 'Page.reload', { ignoreCache: true });
  }
}

/** The port that Chromium wrote into its profile; undefined while there is none. */
async function portIn(dataFolder: string): Promise<string | undefined> {
  for (const profile of profiles) {
    const file = join(dataFolder, profile, 'DevToolsActivePort');
    const [port] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    if (port) return port;
  }
  return undefined;
}

function order(address: string, method: string, params: object): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(address);
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method, params }));
  socket.onmessage = () => {
    socket.close();
    resolve();
  };
  socket.onerror = () => reject(new Error(`the debugger did not take ${method}`));
  return promise;
}
