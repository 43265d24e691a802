import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Network } from '#http/client.ts';

/** bytes of the list; one names a version and a few files. */
const longestList = 256 * 1024;
const largestFile = 2 ** 30;

const listShape = z.object({
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}(-[\w.-]{1,40})?$/),
  files: z
    .array(
      z.object({
        // A name beside the list: no other folder, no other server.
        url: z.string().regex(/^\w[\w.+-]{0,199}$/),
        sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
        size: z.number().int().min(1).max(largestFile),
        // The Windows installer has to ask for an administrator.
        isAdminRightsRequired: z.boolean().exactOptional(),
      }),
    )
    .min(1)
    .max(20),
  releaseNotes: z.string().max(longestList).nullish(),
});

/** What the newest version is and which files it has, as its makers signed it. */
export type UpdateList = z.infer<typeof listShape>;

interface FeedOptions {
  network: Network;
  /** Where the files lie, as `checkBaseUrl` gives it back. */
  address: string;
  /** The makers' public key (Ed25519, PEM). */
  key: string;
  userAgent: string;
}

/**
 * The update server's files. Whoever runs it is not believed: the list of a version is signed by Gatehouse's makers
 * together with its own name, and the files are known by the list's hashes.
 */
export function createUpdateFeed({ network, address, key, userAgent }: FeedOptions) {
  const door = network.open({ baseUrl: address, userAgent });
  const { host } = new URL(address);

  async function bytesOf(operation: string, name: string): Promise<Buffer> {
    const { value } = await door.send<Buffer>({
      operation,
      method: 'GET',
      path: [name],
      body: { kind: 'bytes' },
      safeToRetry: true,
    });
    return value;
  }

  return {
    /** Returns the list of this name (`latest-linux.yml`). Throws GatehouseError where it can't be had or isn't the makers'. */
    async list(name: string): Promise<UpdateList> {
      const list = await bytesOf('updateList', name);
      const signature = await bytesOf('updateSignature', `${name}.sig`);
      if (list.length > longestList || !isSigned(name, list, signature, key)) throw notSigned(host);
      // Not before it is wanted: the start reads it otherwise.
      const { load } = await import('js-yaml');
      const parsed = listShape.safeParse(load(list.toString('utf8')));
      if (!parsed.success) throw notUnderstood(host);
      return parsed.data;
    },

    /** Writes a file of that list to `path`. Throws as `download` does. */
    async file(
      { url, sha512, size }: UpdateList['files'][number],
      { path, signal, progress }: { path: string; signal: AbortSignal; progress(share: number): void },
    ): Promise<void> {
      await network.download({
        url: new URL(`${address}/${url}`),
        userAgent,
        path,
        bytes: size,
        sha512,
        signal,
        progress: (bytes) => progress(bytes / size),
      });
    },
  };
}

export type UpdateFeed = ReturnType<typeof createUpdateFeed>;

/** The name is signed along, so that the list of one system is not taken for that of another. */
function isSigned(name: string, list: Buffer, signature: Buffer, key: string): boolean {
  const said = Buffer.concat([Buffer.from(`${name}\n`), list]);
  return verify(null, said, createPublicKey(key), Buffer.from(signature.toString('latin1'), 'base64'));
}

const tellThem = 'Nothing was installed. Tell whoever runs the update server.';

const notSigned = (host: string) =>
  new GatehouseError({
    kind: 'unexpected-answer',
    message: `The list of updates on ${host} is not signed by Gatehouse’s makers, so it is not believed.`,
    advice: tellThem,
  });

const notUnderstood = (host: string) =>
  new GatehouseError({
    kind: 'unexpected-answer',
    message: `The list of updates on ${host} is signed, but this version of Gatehouse does not understand it.`,
    advice: 'Install the newest version by hand.',
  });
