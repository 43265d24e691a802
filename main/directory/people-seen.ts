import type { DirectoryRow, Finding, PersonPage } from '#contract/admin.ts';
import type { Subject } from '../ledger/ledger.ts';

/** A thousand pages of a directory; what was seen first goes first. */
const most = 50_000;

/**
 * Whom a person or a row of their tables stands for, as the vendor named them when they were last shown, so that the ledger can say on
 * whom an action was done.
 */
export function createPeopleSeen() {
  const seen = new Map<string, Subject>();
  const key = (sessionId: string, target: string) => `${sessionId} ${target}`;

  function keep(sessionId: string, target: string, subject: Subject) {
    const at = key(sessionId, target);
    seen.delete(at);
    seen.set(at, subject);
    if (seen.size > most) seen.delete(seen.keys().next().value!);
  }

  return {
    rows(sessionId: string, rows: readonly DirectoryRow[]): void {
      for (const { id, cells } of rows) {
        const { name, display, username, email } = cells;
        const known =
          namesOf([name || display, email || username]) ?? namesOf(Object.values(cells).slice(0, 1));
        keep(sessionId, id, { id, name: known });
      }
    },

    page(sessionId: string, { id, name, detail, tables }: PersonPage): void {
      const subject = { id, name: namesOf([name, detail]) };
      keep(sessionId, id, subject);
      for (const row of tables.flatMap(({ rows }) => rows)) keep(sessionId, row.id, subject);
    },

    findings(sessionId: string, findings: readonly Finding[], email: string): void {
      for (const { personId } of findings)
        if (personId && !seen.has(key(sessionId, personId)))
          keep(sessionId, personId, { id: personId, name: email });
    },

    /** Null where an action is about nobody; somebody who was never shown has no name. */
    subject(sessionId: string, target: string | null): Subject | null {
      if (target === null) return null;
      return seen.get(key(sessionId, target)) ?? { id: target, name: null };
    },

    forgetAll: () => seen.clear(),
  };
}

const namesOf = (parts: (string | undefined)[]): string | null =>
  [...new Set(parts.filter((part) => part))].join(', ') || null;
