import { GatehouseError, isKind } from '#contract/failure.ts';
import type { ActionResult } from '../../admin.ts';
import { requireField, requirePassword } from '../../kit/fields.ts';
import { nullIfRefused } from '../../kit/reads.ts';
import type { VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import { requireEmail } from './fields.ts';
import type { Seen } from './find-login.ts';
import { findByEmail, listAt } from './login-lists.ts';
import { type Place, personId } from './person-id.ts';

/** Makes a login in the realm of an organisation; where one exists already, says which and where to find it. */
export async function createLogin(
  context: VendorContext,
  client: EnhanceClient,
  values: Record<string, string>,
): Promise<ActionResult> {
  const orgId = requireField(values, 'organisation', 'Choose an organisation.');
  const name = requireField(values, 'name', 'Type the name.');
  const email = requireEmail(values);
  const password = requirePassword(values, 'password');
  try {
    const loginId = await client.createLogin(orgId, { email, password, name });
    const place = await realmFor(client, orgId);
    return {
      message: `The login for ${email} is there, and its password works. If it is to act in an organisation, add it there.`,
      personId: personId({ loginId, place, email }),
    };
  } catch (error) {
    if (!isKind(error, 'conflict')) throw error;
    const seen = await existing(context, client, orgId, email);
    if (!seen) throw alreadyThere(error, email);
    const { login, place } = seen;
    return {
      message: `Nothing was created: ${email} has a login in this realm already, ${login.name}.`,
      personId: personId({ loginId: login.id, place, email: login.email }),
    };
  }
}

function alreadyThere(error: GatehouseError, email: string): GatehouseError {
  return new GatehouseError({
    ...error.failure,
    message: `Nothing was created: ${email} has a login in this realm already.`,
    advice:
      'No list that your roles open shows it: it may be somebody who was invited and has not registered yet. An administrator of the panel finds others under “All logins”.',
    fields: { email: 'This address has a login already.' },
  });
}

/** A login lives in the realm of the organisation's parent; the master organisation is its own. */
async function realmFor(client: EnhanceClient, orgId: string): Promise<Place | null> {
  const org = await nullIfRefused(client.getOrg(orgId));
  return org ? { kind: 'realm', id: org.parentId ?? org.id } : null;
}

async function existing(
  context: VendorContext,
  client: EnhanceClient,
  orgId: string,
  email: string,
): Promise<Seen | null> {
  const realm = await realmFor(client, orgId);
  const places: Place[] = [
    realm ?? { kind: 'realm', id: context.realm?.id ?? null },
    { kind: 'org', id: orgId },
    ...(realm ? [{ kind: 'customers', id: realm.id } as const] : []),
  ];
  for (const place of places) {
    const login = (await nullIfRefused(findByEmail(listAt(client, place), email)))?.login;
    if (login) return { login, place };
  }
  return null;
}
