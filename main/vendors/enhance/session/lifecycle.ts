import { GatehouseError } from '#contract/failure.ts';
import { isKind } from '../../kit/failures.ts';
import type { Check, Json, VendorContext } from '../../vendor.ts';
import { realmOfSession } from './realm.ts';
import { learnt } from './remote.ts';
import { inSession, isUnknownSession, readSecret } from './secret.ts';

const tokenStays =
  'An access token can’t be signed out: it stays valid at the panel until it is deleted there or expires.';

export async function check(context: VendorContext, secret: Json): Promise<Check> {
  const client = inSession(context, secret);
  const kind = readSecret(secret).kind;
  try {
    const { name } = await client.getLogin();
    const realm = context.realm ? null : await realmOfSession(client);
    return {
      alive: true,
      person: name,
      ...(realm ? { realm } : {}),
      ...(kind === 'cookie' ? { secret: await learnt(context, secret) } : {}),
    };
  } catch (error) {
    if (isUnknownSession(error)) {
      const reason =
        kind === 'token'
          ? 'The panel no longer accepts this access token: it was deleted, or it expired.'
          : 'The panel no longer knows this session: it was ended elsewhere, or it expired.';
      return { alive: false, reason };
    }
    // An organisation's token that has no login to show is still a token that the panel knows.
    if (kind === 'token' && isKind(error, 'forbidden')) {
      return { alive: true };
    }
    throw error;
  }
}

export function cannotEnd(secret: Json): string | null {
  return readSecret(secret).kind === 'token' ? tokenStays : null;
}

/** Resolves on success, and on 401: the panel's word that there is no such session. */
export async function end(context: VendorContext, secret: Json): Promise<void> {
  const impossible = cannotEnd(secret);
  if (impossible) throw new GatehouseError({ kind: 'forbidden', message: impossible });
  try {
    await inSession(context, secret).deleteCurrentSession();
  } catch (error) {
    if (!isUnknownSession(error)) throw error;
  }
}
