import { z } from 'zod';
import * as shape from '#contract/shapes.ts';
import { plainId, plainText } from '#http/redact.ts';
import { validMoment } from '#lib/valid-moment.ts';
import type { Check, Grant, Json, RemoteSession, Step, VendorContext } from '../vendor.ts';
import { challengeOf } from './challenge.ts';
import { longest } from './displayable.ts';
import { refuse } from './refuse.ts';

/** What a vendor's code says of a sign-in or a session, bounded before it is filed. */

/** ms; no prompt is open for longer. */
const longestPrompt = 24 * 60 * 60_000;
/** Characters of what is sealed for a session: cookies, tokens, a half-made sign-in. */
const mostSealed = 256 * 1024;
/** Values that a sign-in may add to an account, and characters of one. */
const mostKept = 20;
const longestKept = 4096;

/** A text that is filed: without this context's secrets, as what is filed can't all be taken back. */
export const filed = (context: VendorContext, text: string, most: number) =>
  plainText(context.http.blot(text.slice(0, most * 4)), most);

export const realmOf = (context: VendorContext, realm: shape.Realm): shape.Realm => ({
  id: plainId(realm.id),
  name: filed(context, realm.name, longest.name),
});

export function sealable(data: Json): Json {
  if ((JSON.stringify(data) ?? '').length <= mostSealed) return data;
  return refuse('The server gave more for one session than Gatehouse keeps.');
}

export function grantOf(context: VendorContext, grant: Grant): Grant {
  const kept = Object.entries(grant.keep ?? {}).filter(([, value]) => value.length <= longestKept);
  return {
    secret: sealable(grant.secret),
    realm: grant.realm && realmOf(context, grant.realm),
    person: grant.person === null ? null : filed(context, grant.person, longest.name),
    method: plainText(grant.method, longest.name),
    expiresAt: validMoment(grant.expiresAt) ?? null,
    ...(grant.keep ? { keep: Object.fromEntries(kept.slice(0, mostKept)) } : {}),
  };
}

export function stepOf(context: VendorContext, step: Step): Step {
  if (step.kind === 'active') return { kind: 'active', grant: grantOf(context, step.grant) };
  const latest = context.now() + longestPrompt;
  const within = (time: number) => Math.min(validMoment(time) ?? latest, latest);
  return {
    kind: 'prompt',
    ask: challengeOf(step.ask, latest),
    resume: sealable(step.resume),
    deadline: within(step.deadline),
    ...(step.sendAgainAt === undefined ? {} : { sendAgainAt: within(step.sendAgainAt) }),
    ...(step.goesOn ? { goesOn: true } : {}),
    ...(step.wrong ? { wrong: plainText(step.wrong, longest.sentence) } : {}),
  };
}

export function checkOf(context: VendorContext, check: Check): Check {
  if (!check.alive) return { alive: false, reason: plainText(check.reason, longest.sentence) };
  return {
    alive: true,
    ...(check.expiresAt === undefined ? {} : { expiresAt: validMoment(check.expiresAt) ?? null }),
    ...(check.person ? { person: filed(context, check.person, longest.name) } : {}),
    ...(check.realm ? { realm: realmOf(context, check.realm) } : {}),
    ...(check.secret === undefined ? {} : { secret: sealable(check.secret) }),
  };
}

export const remoteSession: z.ZodType<RemoteSession> = shape.remoteSession
  .omit({ mark: true, sessionId: true })
  .extend({ sessionTag: z.string().nullable(), current: z.boolean() });
