import type { Copyable } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { HandOver } from '../../admin.ts';
import { unknownAction } from '../../kit/actions.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { accessHeaders } from '../api/access.ts';
import { accessOf } from '../session/secret.ts';
import { adminContext } from './context.ts';

/**
 * The network's own pages, signed in as this session. 4.11 takes `?sessionToken=` (documentation of POST /sessions). Newer pages
 * exchange such a token at once (POST /auth/session/replace) for one that only they know: this session would be lost and its
 * successor left behind. There the header of each request signs in instead.
 */
export async function handOver(context: VendorContext, secret: Json): Promise<HandOver> {
  const { access, generation } = await adminContext(context, secret);
  if (access.kind !== 'session')
    throw new GatehouseError({
      kind: 'forbidden',
      message: 'An access client has no sign-in that Cyclos’s own pages could take over.',
      advice: 'Use an account that signs in with a password.',
    });
  const url = new URL(context.baseUrl.replace(/\/api$/, '') || context.baseUrl);
  if (generation === '4.16') return { url: url.href, cookies: [], headers: accessHeaders(access) };
  url.searchParams.set('sessionToken', access.token);
  return { url: url.href, cookies: [], headers: {} };
}

const header = 'header';

export function copyables(secret: Json): Copyable[] {
  const client = accessOf(secret).kind === 'access-client';
  return [
    {
      id: header,
      label: client ? 'Access-Client-Token header line' : 'Session-Token header line',
      explain: client
        ? 'Whoever has it acts as this access client until it is disconnected in Cyclos.'
        : 'Whoever has it acts as this person until the session ends; each use keeps the session alive.',
    },
  ];
}

export async function copyText(_visit: VendorContext, secret: Json, what: string): Promise<string> {
  const access = accessOf(secret);
  if (what === header && access.kind === 'session') return `Session-Token: ${access.token}`;
  if (what === header && access.kind === 'access-client') return `Access-Client-Token: ${access.token}`;
  throw unknownAction('Cyclos');
}
