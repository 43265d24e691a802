import type { Json, VendorContext } from '../../vendor.ts';
import { generationOf } from '../generation.ts';
import { peopleClient } from '../people-client.ts';
import { accessOf } from '../secret.ts';
import { sessionClient } from '../session-client.ts';
import { adminClient } from './client.ts';

/** A session's clients for the server's generation, which its own Auth shows, and what that Auth says of rights. */
export async function deskOf(context: VendorContext, secret: Json) {
  const access = accessOf(secret);
  const admin = adminClient(context.http, access);
  const auth = await admin.getCurrentAuth();
  const generation = generationOf(auth);
  return {
    access,
    auth,
    generation,
    admin,
    people: peopleClient(context.http, access, generation),
    session: sessionClient(context.http, access, generation),
  };
}
export type Desk = Awaited<ReturnType<typeof deskOf>>;

/** The person of an action's target: a person's id, or a row's id that begins with it. */
export const personOf = (target: string | null) => (target ?? '').split('/')[0] ?? '';
