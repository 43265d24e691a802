import type { FailureKind } from '#contract/failure.ts';
import type { SessionRegistry } from './registry.ts';

/** Marks realms that refuse, at the session from which they were tried. */
export interface RealmMarks {
  /** `id` is a sign-in to another realm that was started from the session `from`. */
  watch(id: string, from: string): void;
}

interface RealmMarksOptions {
  registry: SessionRegistry;
  now(): number;
}

/** The vendor's word that it does not let this login in there; a network fault, a wrong PIN and a cancelled sign-in say nothing of the realm. */
const refusing: ReadonlySet<FailureKind> = new Set([
  ...(['refused-credentials', 'locked-out', 'expired'] as const),
  ...(['forbidden', 'not-found', 'conflict', 'invalid'] as const),
]);

/** More marks are no help to anybody; the oldest go. */
const most = 50;

/** A mark stays with its session, over restarts too, until a session of the same account becomes active in that realm. */
export function createRealmMarks({ registry, now }: RealmMarksOptions): RealmMarks {
  const origins = new Map<string, string>();

  registry.on.changed(({ id, after }) => {
    const from = registry.get(origins.get(id) ?? '');
    if (!from || after?.state !== 'failed' || !after.failure || after.realmId === null) return;
    if (!refusing.has(after.failure.kind)) return;
    const { realmId, failure } = after;
    const others = from.refusals.filter((one) => one.realmId !== realmId);
    const mark = { realmId, message: failure.message, at: now() };
    registry.patch(from.id, { refusals: [...others, mark].slice(-most) });
  });

  registry.on.activated(({ id, accountId, realmId }) => {
    origins.delete(id);
    for (const session of registry.of(accountId)) {
      const refusals = session.refusals.filter((one) => one.realmId !== realmId);
      if (refusals.length < session.refusals.length) registry.patch(session.id, { refusals });
    }
  });

  // A sign-in that was started again still came from there.
  registry.on.replaced(({ id, nextId }) => {
    const from = origins.get(id);
    if (from === undefined) return;
    origins.delete(id);
    origins.set(nextId, from);
  });

  return { watch: (id, from) => void origins.set(id, from) };
}
