import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import type { Challenge } from '#contract/shapes.ts';
import type { Json, Step, VendorContext } from '../../vendor.ts';
import type { DataForLogin } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';

/** What the person is asked at this moment; `go-on` has nothing to answer but "try again". */
const asked = z.enum([
  'login-password',
  'login-keyboard',
  'agreements',
  'new-password',
  'generate',
  'choice',
  'otp',
  'totp',
  'password',
  'keyboard',
  'device',
  'provider-choice',
  'provider',
  'received',
  'go-on',
]);

/** A sign-in on its way, as plain data; what an earlier version did not write is as if it were not there. `token` is null until the login password was accepted. */
const signInState = z.object({
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
  /** Which password has to be changed, whether it is the login password, and what the new one has to be like. */
  change: z
    .object({
      type: z.string(),
      isLogin: z.boolean(),
      label: z.string(),
      needsOld: z.boolean(),
      minLength: z.number().optional(),
      maxLength: z.number().optional(),
      rules: z.array(z.string()),
    })
    .nullable(),
  /** How the last code was sent, and how one may be: see `readMedium`. */
  medium: z.string().nullable(),
  media: z.array(z.object({ id: z.string(), label: z.string() })).catch([]),
  /** Where the last code went, and when another may be sent. */
  sentTo: z.string(),
  sendAgainAt: z.number(),
  /** ms after which Cyclos sends another one. */
  sendAgainPause: z.number().default(assumptions.sendAgainPause),
  codeLength: z.number(),
  /** Whether every code is so long. */
  codeExact: z.boolean().default(false),
  numeric: z.boolean(),
  keyboardId: z.string().nullable(),
  /** What a trusted device is to approve, and what its QR code says. */
  confirmation: z.object({ id: z.string(), qrContent: z.string() }).nullable(),
  /** The identity provider whose page is open, until the session that comes of it is ours; `status` is what came with the token. */
  provider: z
    .object({
      name: z.string(),
      requestId: z.string(),
      clientId: z.string(),
      url: z.string(),
      opened: z.boolean(),
      status: z.string().nullable(),
    })
    .nullable()
    .default(null),
});
export type SignInState = z.infer<typeof signInState>;

export function newSignIn(context: VendorContext, data: DataForLogin | undefined): SignInState {
  const seconds = data?.verificationCodeSeconds;
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
    sendAgainPause: seconds === undefined ? assumptions.sendAgainPause : sendAgainPause(seconds),
    codeLength: assumptions.codeLength,
    codeExact: false,
    numeric: false,
    keyboardId: null,
    confirmation: null,
    provider: null,
  };
}

/** As Cyclos says, but no longer than the prompt is open. */
const sendAgainPause = (seconds: number) => Math.min(Math.max(0, seconds) * 1000, assumptions.promptLife);

/** A sign-in from what an earlier step stored. Throws `internal` for anything else. */
export function readSignIn(resume: Json): SignInState {
  const parsed = signInState.safeParse(resume);
  if (parsed.success) return parsed.data;
  throw new GatehouseError({
    kind: 'internal',
    message: 'What was stored of this Cyclos sign-in can’t be read.',
    advice: 'Start the sign-in again.',
  });
}

/** Asks the person. */
export function promptStep(
  state: SignInState,
  ask: Challenge,
  more: { wrong?: string; sendAgainAt?: number } = {},
): Step {
  const resume: Json = {
    ...state,
    agreements: state.agreements.map((one) => ({ ...one })),
    media: state.media.map((one) => ({ ...one })),
    change: state.change && { ...state.change, rules: [...state.change.rules] },
    confirmation: state.confirmation && { ...state.confirmation },
    provider: state.provider && { ...state.provider },
  };
  return { kind: 'prompt', ask, resume, deadline: state.deadline, ...more };
}
