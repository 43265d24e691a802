import { isKind } from '#contract/failure.ts';
import type { VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import type { Password } from '../api/models.ts';

/** Id or internal name of the password that a sign-in asks for; null where guests are not told. */
export async function accessPasswordType(context: VendorContext): Promise<string | null> {
  try {
    const data = await cyclosClient(context.http, { kind: 'guest' }).auth.getDataForLogin();
    return data?.accessPasswordType?.id ?? data?.accessPasswordType?.internalName ?? null;
  } catch (error) {
    if (isKind(error, 'forbidden', 'not-found', 'expired')) return null;
    throw error;
  }
}

/** Whether a password is of that type. */
export const isOfType = ({ type }: Password, wanted: string): boolean =>
  [type?.id, type?.internalName].includes(wanted);
