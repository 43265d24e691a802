import type { StraySearchResult, VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import { oldestFirst, sessionTagOf } from './remote.ts';
import { inSession, isUnknownSession } from './secret.ts';
import { abandon, openSession } from './sign-in.ts';

/**
 * After a crash only the mark is known, so this signs in anew, ends every other session that carries the mark, and then
 * its own. Not told when the sign-in wants a person, or works without a session (access token).
 */
export async function endStray(context: VendorContext): Promise<StraySearchResult> {
  if (context.values.way === 'token') return { conclusive: false, ended: false };
  const seen = new Set<string>();
  let ended = false;
  // The second round is due only when the panel's dates misled us about which session is our own.
  for (let round = 0; round < 2; round += 1) {
    const { step, passedSecondStep } = await openSession(context, null, {});
    if (step.kind === 'prompt') {
      await abandon(context, step.resume);
      return { conclusive: false, ended };
    }
    const { foundOthers, complete } = await endMarked(inSession(context, step.grant.secret), context, seen);
    ended ||= foundOthers;
    // A sign-in with a second factor may have stopped half-way; the list is silent on such sessions.
    if (complete) return { conclusive: !passedSecondStep, ended, again: true };
  }
  return { conclusive: false, ended, again: true };
}

/**
 * Ends the sessions that carry the mark, whoever opened them; our own goes last. The list does not say which that is: it is the one that an
 * earlier round has not seen, else the newest. Not complete when our own turned out to be ended among the others.
 */
async function endMarked(
  client: EnhanceClient,
  context: VendorContext,
  seen: Set<string>,
): Promise<{ foundOthers: boolean; complete: boolean }> {
  const tagged = (await client.getSessions())
    .filter((session) => sessionTagOf(context, session) === context.sessionTag)
    .sort(oldestFirst);
  const own = (seen.size > 0 ? tagged.find((session) => !seen.has(session.id)) : undefined) ?? tagged.at(-1);
  const others = tagged.filter((session) => session !== own);
  for (const session of tagged) seen.add(session.id);
  try {
    for (const session of others) await client.deleteSession(session.id);
    await client.deleteCurrentSession();
    return { foundOthers: others.length > 0, complete: true };
  } catch (error) {
    if (!isUnknownSession(error)) throw error;
    return { foundOthers: others.length > 0, complete: others.length === 0 };
  }
}
