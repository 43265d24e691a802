import { z } from 'zod';
import type { Copyable } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { HandOver } from '../../admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { readSecret } from '../session/secret.ts';

/** The parts of a stored cookie jar that a browser needs. */
const jarShape = z.object({
  cookies: z.array(z.object({ key: z.string(), value: z.string().optional(), path: z.string().optional() })),
});

function cookiesOf(cookies: Json) {
  const jar = jarShape.safeParse(cookies);
  const held = (jar.data?.cookies ?? []).filter(({ value }) => value);
  if (held.length > 0) return held.map(({ key, value = '', path = '/' }) => ({ name: key, value, path }));
  throw new GatehouseError({
    kind: 'expired',
    message: 'This session holds no cookie any more.',
    advice: 'Sign in again.',
  });
}

/** The panel's web interface lives beside its API, one level up. */
function consoleUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, '').replace(/\/api$/, '')}/`;
}

export async function handOver(context: VendorContext, secret: Json): Promise<HandOver> {
  const known = readSecret(secret);
  if (known.kind === 'cookie') {
    return { url: consoleUrl(context.baseUrl), cookies: cookiesOf(known.cookies), headers: {} };
  }
  throw new GatehouseError({
    kind: 'not-found',
    message: 'An access token can’t open the panel’s own pages: they take a signed-in session only.',
    advice: 'Sign in with an e-mail address and password instead.',
  });
}

export function copyables(secret: Json): Copyable[] {
  if (readSecret(secret).kind === 'token') {
    const explain = 'Whoever has it acts with the token’s roles until it is deleted at the panel or expires.';
    return [
      { id: 'token', label: 'Access token', explain },
      { id: 'env', label: 'Environment line (ENHANCE_TOKEN=…)', explain },
    ];
  }
  const explain = 'Whoever has it acts as this session until it is signed out.';
  return [{ id: 'cookie', label: 'Cookie line (id0=…)', explain }];
}

export async function copyText(_visit: VendorContext, secret: Json, what: string): Promise<string> {
  const known = readSecret(secret);
  if (known.kind === 'token' && what === 'token') return known.token;
  if (known.kind === 'token' && what === 'env') return `ENHANCE_TOKEN=${known.token}`;
  if (known.kind === 'cookie' && what === 'cookie') {
    return cookiesOf(known.cookies)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }
  throw new GatehouseError({ kind: 'not-found', message: 'There is nothing of that name to copy.' });
}
