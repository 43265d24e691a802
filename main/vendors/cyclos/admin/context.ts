import type { Json, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { generationOf } from '../api/generation.ts';
import { accessOf } from '../session/secret.ts';

/** A session's client for the server's generation, which its own Auth shows, and what that Auth says of rights. */
export async function adminContext(context: VendorContext, secret: Json) {
  const access = accessOf(secret);
  const auth = await cyclosClient(context.http, access).auth.getCurrentAuth();
  const generation = generationOf(auth);
  return { access, auth, generation, client: cyclosClient(context.http, access, generation) };
}
export type AdminContext = Awaited<ReturnType<typeof adminContext>>;

/** What an action on a person is done with; `user` is the person's id. */
export type PersonContext = AdminContext & { user: string };

/** The person of an action's target: a person's id, or a row's id that begins with it. */
export const personOf = (target: string | null) => (target ?? '').split('/')[0] ?? '';
