import { type Failure, GatehouseError } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import { createNetwork, type Network } from '#http/client.ts';
import type { Step, VendorContext } from '../../../main/vendors/vendor.ts';
import { makeClock } from '../../../practice/common/clock.ts';
import { Inbox } from '../../../practice/common/inbox.ts';
import { makeIds } from '../../../practice/common/seed.ts';
import type { PracticeOptions, PracticePerson, PracticeServer } from '../../../practice/common/types.ts';

/** What a practice server is started with in a test: its own clock, inbox and seed. */
export function practiceOptions(vendor: string): PracticeOptions {
  return { port: 0, ids: makeIds(`test/${vendor}`), clock: makeClock(), inbox: new Inbox() };
}

export interface ContextOptions {
  network: Network;
  values: Record<string, string>;
  realm?: Realm | null;
  signal?: AbortSignal;
  showPage?: VendorContext['showPage'];
  /** ms since 1970. */
  now?: () => number;
}

/** A context as sessions make it, over a real network. */
export function contextFor({
  network,
  values,
  realm = null,
  signal,
  now = Date.now,
  showPage = async () => {},
}: ContextOptions): VendorContext {
  const sessionTag = 'test-session';
  const baseUrl = values.baseUrl ?? '';
  const own = signal ?? new AbortController().signal;
  return {
    http: network.open({ baseUrl, userAgent: `Gatehouse/0 (test; ${sessionTag})`, signal: own }),
    baseUrl,
    values,
    realm,
    sessionTag,
    machineName: 'Gatehouse on desk-12',
    signal: own,
    showPage,
    now,
  };
}

export const newNetwork = () => createNetwork({ perHost: 8 });

export function personOf(server: PracticeServer, part: string): PracticePerson {
  const found = server.people.find((one) => one.label.includes(part) || one.identity === part);
  if (!found) throw new Error(`The practice server has nobody called ${part}.`);
  return found;
}

/** The failure of work that has to fail with one. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GatehouseError) return error.failure;
    throw error;
  }
  throw new Error('This should have failed.');
}

export function activeOf(step: Step) {
  if (step.kind !== 'active') throw new Error(`Not active: ${step.ask.kind} ${step.wrong ?? ''}`);
  return step.grant;
}

export function promptOf(step: Step) {
  if (step.kind !== 'prompt') throw new Error('No prompt: the session is active.');
  return step;
}

/** The same step after it was written down and read again. */
export function stored<T>(step: T): T {
  return JSON.parse(JSON.stringify(step)) as T;
}

/** The last request of an operation as the server saw it. */
export function lastSeen(server: PracticeServer, operation: string) {
  const found = server.log().findLast((one) => one.operation === operation);
  if (!found) throw new Error(`The server saw no ${operation}.`);
  return found;
}
