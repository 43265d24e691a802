import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Grant, Json, Step, VendorContext } from '../../vendor.ts';
import type { LoginStatus, UserContext } from '../api/models.ts';

export type Stage = 'ready' | 'scanned' | 'pushed' | 'approved' | 'refused' | 'no-account';

/** What is written down of a scan in progress; the nonce is sensitive. */
const kept = z.object({
  nonce: z.string(),
  serverId: z.string(),
  serverName: z.string(),
  wsUrl: z.string().nullable(),
  payload: z.string(),
  /** The server was told what a phone that scans the code is to show. */
  told: z.boolean().default(false),
  /** Whose phone it enrols; null for a sign-in. */
  enrols: z.string().nullable().default(null),
  staleAt: z.number(),
  deadline: z.number(),
  /** A push was asked for: the sign-in is then told as one by push. */
  pushed: z.boolean(),
  canProvoke: z.boolean(),
  last: z.object({ accountId: z.number().nullable(), userId: z.string().nullable() }),
  targets: z.array(z.object({ id: z.string(), label: z.string(), detail: z.string() })),
});
type Kept = z.infer<typeof kept>;
/** With what is only shown: a server may change it at any rate, and nothing goes on from it. */
export type Scan = Kept & { stage: Stage; listening: 'socket' | 'polling' };

/** A scan from what `begin` stored. Throws `internal` for anything else. */
export function readScan(resume: Json): Scan {
  const parsed = kept.safeParse(resume);
  if (parsed.success)
    return { ...parsed.data, stage: parsed.data.pushed ? 'pushed' : 'ready', listening: 'polling' };
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this nextAuth sign-in can’t be read.',
    advice: 'Start the sign-in again.',
  });
}

export function promptOf(context: VendorContext, scan: Scan): Step {
  const { stage, listening, ...kept } = scan;
  const canPushToLast = scan.canProvoke || scan.last.accountId !== null || scan.last.userId !== null;
  const lastTarget = {
    id: 'last',
    label: 'The last phone',
    detail: scan.last.userId ?? 'Signed in here before',
  };
  const pushes = {
    phoneShows: scan.told || scan.pushed ? phoneText(context, scan.serverName) : '',
    pushTargets: [...(canPushToLast ? [lastTarget] : []), ...scan.targets],
    canPushToUser: true,
  };
  return {
    kind: 'prompt',
    deadline: scan.deadline,
    resume: { ...kept, last: { ...kept.last }, targets: kept.targets.map((one) => ({ ...one })) },
    ask: {
      kind: 'scan',
      payload: scan.payload,
      stage,
      staleAt: scan.staleAt,
      listening,
      ...(scan.enrols === null ? pushes : { enrols: scan.enrols, phoneShows: scan.enrols, ...noPush }),
    },
  };
}

const noPush = { pushTargets: [], canPushToUser: false };

const phoneText = (context: VendorContext, serverName: string) =>
  `${context.machineName}: sign in to ${serverName}`;

/** What the phone shows: this machine, and why. */
export function userContextOf(context: VendorContext, serverName: string): UserContext {
  const info = {
    useragent: context.http.userAgent,
    info: { machine: context.machineName, reason: `Sign in to ${serverName}` },
  };
  return { sessioninfo: info, announceinfo: info };
}

/** The session that a phone approved. nextAuth states no expiry. */
export function grantOf(scan: Scan, status: LoginStatus): Grant {
  return {
    secret: { nonce: scan.nonce, serverId: scan.serverId },
    realm: { id: scan.serverId, name: scan.serverName },
    person: status.userid ?? null,
    method: scan.enrols !== null ? 'newly enrolled phone' : scan.pushed ? 'push' : 'QR code',
    expiresAt: null,
    // A phone that was enrolled here may be anybody's: it is not the one to push to.
    keep:
      scan.enrols === null
        ? {
            ...(status.userid ? { lastUserId: status.userid } : {}),
            ...(status.accountid === undefined ? {} : { lastAccountId: String(status.accountid) }),
          }
        : {},
  };
}
