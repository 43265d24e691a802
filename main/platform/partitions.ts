import { randomUUID } from 'node:crypto';
import { type Session, session, type WebPreferences } from 'electron';

/** How a page of somebody else's runs: in this partition, with nothing of the app in it. */
export const isolatedIn = (partition: Session): WebPreferences => ({
  session: partition,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  spellcheck: false,
});

/** Partitions for pages of somebody else's, one a window; nothing of them touches the disk. */
export function createPartitions(name: string) {
  const wiped: Session[] = [];
  return {
    // Without "persist:" nothing of it touches the disk. Electron keeps each until it ends, so that wiped ones are used again.
    take: () => wiped.pop() ?? session.fromPartition(`${name}-${randomUUID()}`),
    /** Takes everything out of it; one that could not be emptied is not used again. */
    async giveBack(partition: Session): Promise<void> {
      if (await wipe(partition)) wiped.push(partition);
    },
  };
}

/** Takes everything out of a partition, a header that holds a token as well. True when nothing is left. */
async function wipe(partition: Session): Promise<boolean> {
  partition.webRequest.onBeforeSendHeaders(null);
  partition.removeAllListeners('will-download');
  const all = await Promise.allSettled([
    partition.closeAllConnections(),
    partition.clearStorageData(),
    partition.clearCache(),
    partition.clearCodeCaches({}),
    partition.clearAuthCache(),
    partition.clearHostResolverCache(),
  ]);
  return all.every(({ status }) => status === 'fulfilled');
}
