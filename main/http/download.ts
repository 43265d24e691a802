import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import fetch, { type Response } from 'node-fetch';
import { GatehouseError, isKind } from '#contract/failure.ts';
import type { Agents } from './agents.ts';
import { wayTo } from './exchange.ts';
import { networkFailure, statusFailure, timeoutFailure } from './failures.ts';

export interface Download {
  url: URL;
  userAgent: string;
  /** The file that is written; what it held before is replaced. */
  path: string;
  /** How long it has to be. */
  bytes: number;
  /** SHA-512 of it, in base64. */
  sha512: string;
  signal: AbortSignal;
  /** Told how many bytes are there. */
  progress(bytes: number): void;
}

interface Times {
  /** ms without a byte after which a server is taken for gone. */
  silence: number;
  /** ms before a download that broke off goes on. */
  pause: number;
}

/** How many connections in a row may break off without having brought anything. */
const attempts = 4;

/**
 * Downloads a file of known length and hash. Goes on where a connection broke off, from the beginning if the server does
 * not know how, and follows no redirect. Throws GatehouseError: network, tls, timeout, cancelled, wrong-place, what the
 * status means, or `unexpected-answer` where the file is another one; and what the disk throws.
 */
export async function download(
  wanted: Download,
  agents: Agents,
  times: Times = { silence: 30_000, pause: 1_000 },
): Promise<void> {
  const file = await open(wanted.path, 'w+', 0o600);
  let have = 0;
  let vain = 0;

  async function goOn() {
    for await (const { piece, at } of receive(wanted, agents, times.silence, have)) {
      await file.write(piece, 0, piece.length, at);
      have = at + piece.length;
      vain = 0;
      wanted.progress(have);
    }
    if (have < wanted.bytes) throw brokenOff(wanted.url);
  }

  try {
    while (have < wanted.bytes) {
      try {
        await goOn();
      } catch (error) {
        vain += 1;
        if (!isKind(error, 'network', 'timeout', 'server-fault') || vain === attempts) throw error;
        await wait(times.pause);
      }
    }
    const hash = createHash('sha512');
    for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) hash.update(chunk);
    if (hash.digest('base64') !== wanted.sha512) throw anotherFile(wanted.url);
  } finally {
    await file.close();
  }
}

/** Asks for what comes after `from`; yields each piece with its place in the file. */
async function* receive(
  { url, bytes, userAgent, signal }: Download,
  agents: Agents,
  silence: number,
  from: number,
) {
  const stop = new AbortController();
  const cancel = () => stop.abort();
  const silent = setTimeout(cancel, silence);
  signal.addEventListener('abort', cancel);
  try {
    if (signal.aborted) throw cancelled();
    const agent = await wayTo(url, agents, stop.signal);
    const response = await fetch(url, {
      headers: {
        'accept-encoding': 'identity',
        'user-agent': userAgent,
        ...(from > 0 ? { range: `bytes=${from}-` } : {}),
      },
      agent,
      redirect: 'manual',
      signal: stop.signal,
    });
    let at = placeOf(response, url, from);
    for await (const chunk of response.body ?? []) {
      silent.refresh();
      const piece = Buffer.from(chunk);
      if (at + piece.length > bytes) throw anotherFile(url);
      yield { piece, at };
      at += piece.length;
    }
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (error instanceof GatehouseError) throw error;
    if (stop.signal.aborted) throw timeoutFailure(url, silence);
    throw networkFailure(error, url);
  } finally {
    clearTimeout(silent);
    signal.removeEventListener('abort', cancel);
    // What the server still wants to send is not read.
    stop.abort();
  }
}

/** Where in the file an answer begins: where it was asked to, or at the beginning. Throws for an answer that is no file. */
function placeOf({ status, headers }: Response, url: URL, from: number): number {
  if (status >= 300 && status < 400) {
    throw new GatehouseError({
      kind: 'wrong-place',
      message: `${url.host} sends us on to another address for the update, which Gatehouse does not follow.`,
      advice: 'The update server has to hold the files itself. Tell whoever runs it.',
    });
  }
  if (status === 200) return 0;
  if (status !== 206) throw new GatehouseError(statusFailure(url, status, undefined));
  if (!headers.get('content-range')?.startsWith(`bytes ${from}-`)) throw anotherFile(url);
  return from;
}

const cancelled = () => new GatehouseError({ kind: 'cancelled', message: 'The download was cancelled.' });

const brokenOff = (url: URL) =>
  new GatehouseError({
    kind: 'network',
    message: `The connection to ${url.host} broke off before the file was complete.`,
    advice: 'Check that this computer is online, then try again.',
  });

const anotherFile = (url: URL) =>
  new GatehouseError({
    kind: 'unexpected-answer',
    message: `${url.host} sent another file than the signed list of updates names. It was thrown away.`,
    advice: 'Tell whoever runs the update server.',
  });
