import { z } from 'zod';
import type { Failure } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import { lookUp } from '#lib/look-up.ts';
import { assumptions } from '../assumptions.ts';

/** The three error bodies in one: Error, ErrorWithFields and google.rpc.Status (whose code is a number). */
const errorBody = z.object({
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  fields: z
    .array(z.object({ field: z.string(), description: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

/** Reads Koyeb's error body: the HTTP status decides, then the message or code (control-panel, api-errors.ts). */
export function explain(status: number, body: unknown): Partial<Failure> | undefined {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { code, message, fields } = parsed.data;
  const vendorCode = code === undefined ? {} : { vendorCode: String(code) };
  if (status === 401 && message === 'Token rejected')
    return {
      kind: 'forbidden',
      message: 'Koyeb rejects this session because its organisation is deactivated.',
      advice: 'Other organisations still work: switch to one, or sign in again without this organisation.',
      ...vendorCode,
    };
  if (status === 401)
    return {
      kind: 'expired',
      message: 'Koyeb no longer knows this session or token.',
      advice: 'Sign in again.',
      ...vendorCode,
    };
  if (status === 403 && message === 'Account is locked')
    return {
      kind: 'locked-out',
      message: 'Koyeb has locked this account or organisation.',
      advice: 'Its owner must settle this with Koyeb.',
      ...vendorCode,
    };
  if (status === 403)
    return {
      kind: 'forbidden',
      message: 'Koyeb does not allow this: the person is not, or no longer, a member of the organisation.',
      advice: 'Sign in again, or ask an owner of the organisation.',
      ...vendorCode,
    };
  if (status === 400 && fields?.length)
    return {
      kind: 'invalid',
      message: 'Koyeb does not accept some of the values.',
      fields: Object.fromEntries(
        fields.map((one) => [one.field, plainText(one.description ?? '') || 'Not accepted.']),
      ),
      ...vendorCode,
    };
  if (status === 404 && (code !== undefined || message !== undefined))
    return { kind: 'not-found', message: 'Koyeb does not know what was asked for.', ...vendorCode };
  return Object.keys(vendorCode).length ? vendorCode : undefined;
}

/** The same for the sign-in itself, where 400, 401 and 404 may all mean a wrong e-mail or password. */
export function explainSignIn(status: number, body: unknown): Partial<Failure> | undefined {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success || (parsed.data.code === undefined && parsed.data.message === undefined))
    return status === 401 ? refused : undefined;
  const usual = explain(status, body);
  const names = usual?.fields && Object.keys(usual.fields);
  if (usual?.kind === 'forbidden' && status === 401) return usual;
  if (!assumptions.refusedSignInStatuses.some((one) => one === status) || names) return usual;
  return { ...usual, ...refused };
}

const refused = {
  kind: 'refused-credentials',
  message: 'Koyeb knows no account with this e-mail, or the password is wrong.',
  advice: 'Check both in the account form, or paste a token instead.',
} as const satisfies Partial<Failure>;

/** The same where Koyeb is asked for its providers, before there is a session. */
export function explainOptions(status: number, body: unknown): Partial<Failure> | undefined {
  const usual = explain(status, body);
  const hidden: Record<string, string> = {
    expired: 'Koyeb wants a session before it says by which providers one can sign in.',
    forbidden: 'Koyeb does not say by which providers one can sign in.',
  };
  const message = lookUp(hidden, usual?.kind);
  if (!message) return usual;
  return { ...usual, kind: 'forbidden', message, advice: 'Choose another way in the account form.' };
}

/** The same for what a provider sent back. Koyeb's front end knows by one field's description that somebody has no account. */
export function explainCallback(status: number, body: unknown): Partial<Failure> | undefined {
  const usual = explain(status, body);
  const unknown = usual?.kind === 'not-found' || Object.values(usual?.fields ?? {}).includes('not found');
  if (unknown)
    return {
      ...usual,
      kind: 'refused-prompt',
      message: 'Koyeb has no account that this provider signs in.',
      advice: 'The person signs up at Koyeb first, or signs in another way.',
    };
  if (usual?.kind === 'expired')
    return {
      ...usual,
      kind: 'refused-prompt',
      message: 'Koyeb wants a session before it takes what the provider sent back.',
      advice: 'Choose another way in the account form.',
    };
  if (status !== 400) return usual;
  return {
    ...usual,
    kind: 'refused-prompt',
    message: 'Koyeb did not accept what came back from the provider: it is good once, and for ten minutes.',
    advice: 'Start the sign-in again.',
  };
}
