import type { Identity } from '#contract/shapes.ts';
import { facts, yesOrNo } from '../../kit/display.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { accessOf } from './secret.ts';

export async function whoAmI(context: VendorContext, secret: Json): Promise<Identity> {
  const auth = await cyclosClient(context.http, accessOf(secret)).auth.getCurrentAuth();
  return {
    name: auth.user?.display ?? auth.accessClient?.name ?? 'Cyclos user',
    ...(auth.user?.shortDisplay ? { detail: auth.user.shortDisplay } : {}),
    facts: facts([
      ['Role', auth.role],
      ['Signed in as', auth.principal],
      ['By', auth.principalType?.name],
      ['Password', auth.passwordType?.name],
      ['Access client', auth.accessClient?.name],
      ['Trusted session', yesOrNo(auth.trustedSession)],
    ]),
  };
}
