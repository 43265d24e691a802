import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Challenge } from '#contract/shapes.ts';
import type { Json, Step, VendorContext } from '../vendor.ts';
import { assumptions } from './assumptions.ts';
import { cyclosClient } from './client.ts';
import { sessionClient } from './session-client.ts';

/** What the person is asked at this moment; `go-on` has nothing to answer but "try again". */
const asked = z.enum([
  'login-password',
  'login-keyboard',
  'agreements',
  'new-password',
  'choice',
  'otp',
  'totp',
  'password',
  'keyboard',
  'go-on',
]);

/** A sign-in on its way, as plain data. `token` is null until the login password was accepted. */
const going = z.object({
  asked,
  token: z.string().nullable(),
  generation: z.enum(['4.11', '4.16']),
  /** The login password in use: it is the old one when it has to be changed. */
  password: z.string(),
  /** The login password was changed on the way and has to be kept. */
  changed: z.boolean(),
  /** How it was signed in, in words. */
  method: z.string(),
  /** The stored authenticator secret was refused once. */
  totpTried: z.boolean(),
  deadline: z.number(),
  agreements: z.array(z.object({ id: z.string(), required: z.boolean() })),
  /** Which password has to be changed, and whether it is the login password. */
  change: z.object({ type: z.string(), isLogin: z.boolean() }).nullable(),
  medium: z.enum(['email', 'sms']).nullable(),
  media: z.array(z.enum(['email', 'sms'])),
  /** Where the last code went, and when another may be sent. */
  sentTo: z.string(),
  sendAgainAt: z.number(),
  codeLength: z.number(),
  numeric: z.boolean(),
  keyboardId: z.string().nullable(),
});
export type Going = z.infer<typeof going>;

export function newGoing(context: VendorContext): Going {
  return {
    asked: 'go-on',
    token: null,
    generation: '4.11',
    password: context.values.password ?? '',
    changed: false,
    method: 'password',
    totpTried: false,
    deadline: context.now() + assumptions.promptLife,
    agreements: [],
    change: null,
    medium: null,
    media: [],
    sentTo: '',
    sendAgainAt: 0,
    codeLength: assumptions.codeLength,
    numeric: false,
    keyboardId: null,
  };
}

/** A sign-in from what an earlier step stored. Throws `internal` for anything else. */
export function readGoing(resume: Json): Going {
  const parsed = going.safeParse(resume);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this Cyclos sign-in can’t be read.',
    advice: 'Start the sign-in again.',
  });
}

/** Asks the person. */
export function promptStep(
  state: Going,
  ask: Challenge,
  more: { wrong?: string; sendAgainAt?: number } = {},
): Step {
  const resume: Json = {
    ...state,
    agreements: state.agreements.map((one) => ({ ...one })),
    change: state.change && { ...state.change },
  };
  return { kind: 'prompt', ask, resume, deadline: state.deadline, ...more };
}

const pendingAccess = (state: Going) => ({ kind: 'session', token: state.token ?? '' }) as const;

/** The clients of the pending session. */
export function clientsOf(context: VendorContext, state: Going) {
  const access = pendingAccess(state);
  return {
    auth: cyclosClient(context.http, access, state.generation),
    session: sessionClient(context.http, access, state.generation),
  };
}

/** Ends the pending session; Cyclos's word that it does not know it is as good. Throws otherwise. */
export async function dropSession(context: VendorContext, state: Going): Promise<void> {
  if (state.token === null) return;
  try {
    await clientsOf(context, state).auth.logout();
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.failure.kind !== 'expired') throw error;
  }
}

const passing = new Set(['network', 'timeout', 'server-fault', 'rate-limited', 'unexpected-answer']);

/**
 * Does a piece of the sign-in while Cyclos already holds a session for it. When that fails, the session is neither lost nor
 * forgotten: a passing fault asks the person to go on, anything else ends the session before the failure goes up.
 */
export async function guard(context: VendorContext, state: Going, work: () => Promise<Step>): Promise<Step> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.failure.kind === 'cancelled') throw error;
    if (passing.has(error.failure.kind)) return goOn(state, error.failure.message);
    try {
      await dropSession(context, state);
    } catch {
      return goOn(state, error.failure.message);
    }
    // The session is gone, so that no other answer to the same prompt can help.
    if (error.failure.kind !== 'invalid') throw error;
    throw new GatehouseError({ ...error.failure, kind: 'refused-prompt' });
  }
}

function goOn(state: Going, wrong: string): Step {
  const options = [{ id: 'go-on', label: 'Go on with the sign-in' }];
  const label = 'The sign-in was interrupted; Cyclos keeps it open for a while.';
  return promptStep({ ...state, asked: 'go-on' }, { kind: 'choice', label, options }, { wrong });
}
