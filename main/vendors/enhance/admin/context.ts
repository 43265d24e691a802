import type { Json, VendorContext } from '../../vendor.ts';
import { inSession, readSecret } from '../session/secret.ts';

/** What an action is done with. `byToken`: the session acts with an organisation's token, and so as nobody. */
export const adminContext = (context: VendorContext, secret: Json) => ({
  context,
  client: inSession(context, secret),
  byToken: readSecret(secret).kind === 'token',
});
export type AdminContext = ReturnType<typeof adminContext>;
