import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hostFolder } from './folders.ts';

export interface SecondStart {
  argv: string[];
  cwd: string;
  data: unknown;
}

let lock: DatabaseSync | undefined;
let server: Server | undefined;
/** Told to the first instance; the second waits for it before it exits. */
let telling: Promise<void> = Promise.resolve();

/**
 * Takes the one lock of this user-data folder. False: another process holds it and is being told of this start.
 * The lock is the kernel's (through SQLite), so that of a killed process is free at once.
 */
export function takeInstanceLock(data: unknown, onSecond: (start: SecondStart) => void): boolean {
  if (lock) return true;
  const file = new DatabaseSync(hostFolder('instance.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch {
    file.close();
    telling = tell({ argv: process.argv, cwd: process.cwd(), data });
    return false;
  }
  lock = file;
  listen(onSecond);
  return true;
}

export function hasInstanceLock(): boolean {
  return lock !== undefined;
}

/** Gives the lock back and waits until the first instance has been told, if this is the second. */
export async function releaseInstanceLock(): Promise<void> {
  await telling;
  server?.close();
  server = undefined;
  lock?.close();
  lock = undefined;
}

function listen(onSecond: (start: SecondStart) => void): void {
  const path = socketPath();
  rmSync(path, { force: true });
  server = createServer({ allowHalfOpen: true }, (socket) => {
    let text = '';
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('data', (part: string) => {
      text += part;
      if (text.length > 100_000) socket.destroy();
    });
    socket.on('end', () => {
      const start = readStart(text);
      if (start) onSecond(start);
      socket.end('ok');
    });
  });
  server.listen(path, () => chmodSync(path, 0o600));
  server.unref();
}

function readStart(text: string): SecondStart | null {
  try {
    const start = JSON.parse(text) as SecondStart;
    return Array.isArray(start.argv) && typeof start.cwd === 'string' ? start : null;
  } catch {
    return null;
  }
}

async function tell(start: SecondStart): Promise<void> {
  const until = Date.now() + 5_000;
  while (Date.now() < until) {
    if (await tellOnce(start)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

function tellOnce(start: SecondStart): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ path: socketPath(), allowHalfOpen: true });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('error', () => done(false)).on('close', () => done(false));
    socket.on('data', () => {
      socket.destroy();
      done(true);
    });
    socket.end(JSON.stringify(start));
  });
}

/** A socket's path may have about 100 bytes, so a deep user-data folder gets one in a folder of this user's in /tmp. */
function socketPath(): string {
  const near = hostFolder('instance.sock');
  if (Buffer.byteLength(near) < 100) return near;
  const name = createHash('sha256').update(near).digest('hex').slice(0, 24);
  const far = join(tmpdir(), `gatehouse-${process.getuid?.() ?? 0}-${name}`, 'instance.sock');
  mkdirSync(dirname(far), { recursive: true, mode: 0o700 });
  if (process.getuid && statSync(dirname(far)).uid !== process.getuid()) {
    throw new Error(`host: ${dirname(far)} belongs to another user`);
  }
  return far;
}
