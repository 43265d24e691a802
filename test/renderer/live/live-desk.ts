import type { Account, Prompt, Session, Snapshot } from '#contract/shapes.ts';
import { account, calm, full, hours, minutes, now, prompts, session, vendors } from '../fixture/sample.ts';

const realms = ['Northwind Hosting', 'Reseller EU', 'Harbour', 'Lantern Works'];
const colours = ['teal', 'rust', 'violet', 'green', 'amber', 'blue', 'rose', 'slate'] as const;

function accountAt(index: number): Account {
  return account(`a${index}`, {
    vendor: vendors[index % 4]?.id ?? 'enhance',
    label: `Customer ${index + 1}`,
    identity: `desk${index + 1}@customers.example`,
    colour: colours[index % colours.length] ?? 'blue',
    tags: index % 3 === 0 ? ['north', 'resellers'] : index % 3 === 1 ? ['south'] : [],
  });
}

/** Of ten sessions one waits, one is being ended, one has failed, seven are active; four of them say when they end. */
function sessionAt(index: number): Session {
  const name = realms[index % realms.length] ?? '';
  const base = session(`s${index}`, `a${index}`, {
    vendor: vendors[index % 4]?.id ?? 'enhance',
    realm: { id: `realm-${index % realms.length}`, name },
    person: index % 2 === 0 ? `Person ${index + 1}` : null,
    startedAt: now - hours(1) - minutes(index % 300),
    openedAt: now - hours(1) - minutes(index % 300),
    checkedAt: now - minutes(index % 4),
  });
  switch (index % 10) {
    case 3:
      return { ...base, state: 'waiting', openedAt: null, startedAt: now - minutes(2), checkedAt: null };
    case 5:
      return {
        ...base,
        state: 'ending',
        ending: {
          orderedAt: now - minutes(3),
          attempts: 2,
          nextTryAt: now + 40_000,
          lastFailure: null,
          tokenValidUntil: null,
        },
      };
    case 7:
      return {
        ...base,
        state: 'failed',
        openedAt: null,
        checkedAt: null,
        failure: { kind: 'locked-out', message: 'The vendor has blocked this login.' },
      };
    case 0:
    case 2:
    case 4:
    case 6:
      return { ...base, expiresAt: now + minutes(8 + 25 * index) + 30_000 };
    default:
      return base;
  }
}

/** A desk with this many accounts, the first of which have a session each. */
export function desk(accounts: number, sessions: number, waiting = false): Snapshot {
  const all = Array.from({ length: sessions }, (_, index) => sessionAt(index));
  const [sample] = prompts;
  const asked = all.flatMap((one): Prompt[] =>
    one.state === 'waiting' && sample
      ? [
          {
            ...sample,
            id: `p-${one.id}`,
            accountId: one.accountId,
            sessionId: one.id,
            vendor: one.vendor,
            realm: one.realm,
          },
        ]
      : [],
  );
  return {
    ...(waiting ? full : calm),
    accounts: Array.from({ length: accounts }, (_, index) => accountAt(index)),
    sessions: all,
    prompts: waiting ? asked : [],
  };
}
