import type { Copyable } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import { unknownAction } from '../../kit/actions.ts';
import { displayTime } from '../../kit/display.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { clientOf, type KoyebSecret, readSecret } from '../session/secret.ts';
import { organisationOf } from './members.ts';

/** Seconds; what Koyeb itself takes when nothing is said (createAccessToken). */
const validity = 3600;

/** What may be copied out of a session. An access token is made at the moment of copying. */
export function copyables(secret: Json): Copyable[] {
  const held = readSecret(secret);
  const life = lifeOf(held);
  return [
    { id: 'env', label: 'Environment line (KOYEB_TOKEN=…)', explain: life },
    { id: 'token', label: 'Token', explain: life },
    {
      id: 'access-token',
      label: 'New access token of this organisation, 1 hour',
      explain:
        'Koyeb makes it when you copy. It dies by itself one hour later and can’t be revoked before, not even by ending this session.',
    },
  ];
}

function lifeOf({ kind, expiresAt }: KoyebSecret): string {
  if (kind === 'session')
    return `Whoever has it acts as this person until this session is ended${expiresAt ? `, or until ${displayTime(expiresAt)}` : ''}.`;
  return expiresAt
    ? `The token that was pasted: it can’t be revoked and dies on ${displayTime(expiresAt)}.`
    : 'The token that was pasted: it is good until it is revoked in Koyeb’s settings.';
}

export async function copyText(context: VendorContext, secret: Json, what: string): Promise<string> {
  const { token } = readSecret(secret);
  if (what === 'env') return `KOYEB_TOKEN=${token}`;
  if (what === 'token') return token;
  if (what !== 'access-token') throw unknownAction('Koyeb');
  const client = clientOf(context, secret);
  const organisation = await organisationOf(client);
  if (organisation) return client.createAccessToken(organisation.id, validity);
  throw new GatehouseError({
    kind: 'not-found',
    message: 'This session is in no organisation, so that there is none to make an access token of.',
    advice: 'Switch to an organisation first.',
  });
}
