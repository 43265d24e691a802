import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import type { Vault } from '../vault/vault.ts';
import type { Endings } from './endings.ts';
import type { SessionRegistry } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import type { VendorContexts } from './vendor-contexts.ts';

/** Asks the vendors which sessions live. */
export interface Checks {
  /** Asks for one session; a fault of the network keeps it as it was and is noted on the row. */
  check(sessionId: string): Promise<void>;
  /** Asks for every active session, a few at a time, `first` before the others. */
  checkAll(first?: string[]): Promise<void>;
  /** Notes that the vendor's own time for this session is over. */
  runOut(sessionId: string): void;
  /** What a vendor still answers is not noted any more, as the store is about to be closed. */
  close(): void;
}

interface ChecksOptions {
  registry: SessionRegistry;
  contexts: VendorContexts;
  vault: Vault;
  endings: Endings;
  now(): number;
}

const atOnce = 4;

export function createChecks({ registry, contexts, vault, endings, now }: ChecksOptions): Checks {
  let closed = false;

  /** While the secrets are out of reach, something may be left for all we know. */
  function leftAfter(record: SessionRecord) {
    if (record.vendor === '') return null;
    const { leftAfter: left } = contexts.vendor(record.vendor);
    if (!left) return null;
    try {
      return left(contexts.grant(record.id), now());
    } catch (error) {
      if (error instanceof GatehouseError) return { until: null };
      throw error;
    }
  }

  function expire(record: SessionRecord, message: string, endedHow: SessionRecord['endedHow']) {
    const { id } = record;
    const failure: Failure = { kind: 'expired', message, advice: 'Sign in again.' };
    const left = leftAfter(record);
    if (left) {
      registry.patch(id, { expiresAt: left.until });
      return endings.end(id, { actor: 'timer', reason: failure });
    }
    registry.move(id, 'expire', {
      event: 'expired',
      actor: 'timer',
      detail: message,
      patch: { failure, checkFailure: null, endedAt: now(), endedHow },
      also: () => vault.erase(id),
    });
  }

  async function check(id: string): Promise<void> {
    const record = closed ? undefined : registry.get(id);
    if (record?.state !== 'active') return;
    try {
      const secret = contexts.grant(id);
      if (secret === null) {
        throw new GatehouseError({
          kind: 'vault-broken',
          message: 'The stored token of this session is missing.',
          advice: 'Sign in again.',
        });
      }
      const answer = await contexts.vendor(record.vendor).check(contexts.ofSession(record), secret);
      if (closed) return;
      const current = registry.get(id);
      // What the vendor says of a token that was replaced meanwhile is no news.
      if (current?.state !== 'active' || current.grantedAt !== record.grantedAt) return;
      if (!answer.alive) {
        registry.patch(id, { checkedAt: now() });
        expire(current, answer.reason, current.unansweredAt === null ? null : 'possibly-alive');
        return;
      }
      if (answer.secret !== undefined) contexts.keepGrant(id, answer.secret);
      registry.patch(id, {
        checkedAt: now(),
        checkFailure: null,
        ...(answer.expiresAt === undefined ? {} : { expiresAt: answer.expiresAt }),
        ...(answer.person ? { person: answer.person } : {}),
        ...(answer.realm ? { realmId: answer.realm.id, realmName: answer.realm.name } : {}),
      });
    } catch (error) {
      if (!closed && registry.get(id)?.state === 'active')
        registry.patch(id, { checkFailure: failureOf(error) });
    }
  }

  return {
    check,

    async checkAll(first = []) {
      const active = registry
        .all()
        .filter((record) => record.state === 'active')
        .map((record) => record.id);
      const wanted = new Set(first);
      const queue = [...active.filter((id) => wanted.has(id)), ...active.filter((id) => !wanted.has(id))];
      const worker = async () => {
        for (let id = queue.shift(); id; id = queue.shift()) await check(id);
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
    },

    runOut(id) {
      const record = registry.get(id);
      if (record?.state !== 'active') return;
      // A token whose answer was lost runs out later than the one that is known.
      expire(record, 'The token has run out.', record.unansweredAt === null ? 'expired' : 'possibly-alive');
    },

    close() {
      closed = true;
    },
  };
}
