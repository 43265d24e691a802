import { z } from 'zod';
import { GatehouseError } from '../../../preload/contract/failure.ts';
import type { Json, Step, Visit } from '../vendor.ts';
import { nextauthClient } from './client.ts';
import type { UserContext } from './models.ts';

const stage = z.enum(['ready', 'scanned', 'pushed', 'approved', 'refused', 'no-account']);
export type Stage = z.infer<typeof stage>;

/** All that a scan in progress is, as plain data; the nonce is sensitive. */
const scan = z.object({
  nonce: z.string(),
  serverId: z.string(),
  serverName: z.string(),
  wsUrl: z.string().nullable(),
  payload: z.string(),
  stage,
  staleAt: z.number(),
  deadline: z.number(),
  listening: z.enum(['socket', 'polling']),
  /** A push was asked for: the sign-in is then told as one by push. */
  pushed: z.boolean(),
  canProvoke: z.boolean(),
  last: z.object({ accountId: z.number().nullable(), userId: z.string().nullable() }),
  targets: z.array(z.object({ id: z.string(), label: z.string(), detail: z.string() })),
});
export type Scan = z.infer<typeof scan>;

/** A scan from what `begin` stored. Throws `internal` for anything else. */
export function readScan(resume: Json): Scan {
  const parsed = scan.safeParse(resume);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this nextAuth sign-in can’t be read.',
    advice: 'Start the sign-in again.',
  });
}

export function promptOf(visit: Visit, scan: Scan): Step {
  const canPushToLast = scan.canProvoke || scan.last.accountId !== null || scan.last.userId !== null;
  const lastTarget = {
    id: 'last',
    label: 'The last phone',
    detail: scan.last.userId ?? 'Signed in here before',
  };
  return {
    kind: 'prompt',
    deadline: scan.deadline,
    resume: { ...scan, last: { ...scan.last }, targets: scan.targets.map((one) => ({ ...one })) },
    ask: {
      kind: 'scan',
      payload: scan.payload,
      stage: scan.stage,
      staleAt: scan.staleAt,
      listening: scan.listening,
      phoneShows: phoneText(visit, scan.serverName),
      pushTargets: [...(canPushToLast ? [lastTarget] : []), ...scan.targets],
      canPushToUser: true,
    },
  };
}

const phoneText = (visit: Visit, serverName: string) => `${visit.deskName}: sign in to ${serverName}`;

/** What the phone shows of a push: this machine, and why. */
export function contextOf(visit: Visit, serverName: string): UserContext {
  const info = {
    useragent: visit.door.userAgent,
    info: { machine: visit.deskName, reason: `Sign in to ${serverName}` },
  };
  return { sessioninfo: info, announceinfo: info };
}

export function keysOf(visit: Visit) {
  const { apiKey = '', roleId = '' } = visit.values;
  return { apiKey: apiKey.trim(), ...(roleId.trim() ? { roleId: roleId.trim() } : {}) };
}

export const clientOf = (visit: Visit, { nonce, serverId }: { nonce: string; serverId: string }) =>
  nextauthClient(visit.door, keysOf(visit), serverId, nonce);
