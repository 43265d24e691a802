import type { Failure, Finding } from '../state/types.ts';
import type { Answer } from './use-answers.ts';

/** One session's finding. */
export interface Said {
  sessionId: string;
  finding: Finding;
}

export interface Verdict {
  /** Sessions that have not answered yet. */
  asking: number;
  /** What stops them, first in its session, and with what is said of it. */
  causes: Said[];
  /** Sessions that know them, with what they say besides. */
  known: { sessionId: string; findings: Finding[]; personId: string | undefined }[];
  /** Sessions whose answer did not come. */
  failed: { sessionId: string; failure: Failure }[];
  /** Sessions that know nobody of that name, or may not look; with what is said of that. */
  others: { sessionId: string; findings: Finding[]; failure: Failure | undefined }[];
}

/**
 * What all answers come to. Somebody who is unknown at one place is stopped there only when no session knows them: elsewhere they were
 * never meant to sign in.
 */
export function verdictOf(sessionIds: readonly string[], answers: Readonly<Record<string, Answer>>): Verdict {
  const verdict: Verdict = { asking: 0, causes: [], known: [], failed: [], others: [] };
  for (const sessionId of sessionIds) {
    const answer = answers[sessionId];
    if (answer?.failure && answer.failure.kind !== 'forbidden')
      verdict.failed.push({ sessionId, failure: answer.failure });
    else if (answer?.failure) verdict.others.push({ sessionId, findings: [], failure: answer.failure });
    else if (answer?.findings) file(verdict, sessionId, answer.findings);
    else verdict.asking += 1;
  }
  if (verdict.known.length > 0) return verdict;
  // What else is said of that belongs to it: another way to have them in.
  const stops = ({ findings }: Verdict['others'][number]) =>
    findings.some(({ weight }) => weight === 'cause');
  for (const { sessionId, findings } of verdict.others.filter(stops))
    verdict.causes.push(...findings.map((finding) => ({ sessionId, finding })));
  return { ...verdict, others: verdict.others.filter((one) => !stops(one)) };
}

function file({ causes, known, others }: Verdict, sessionId: string, findings: Finding[]) {
  const personId = findings.find((one) => one.personId !== undefined)?.personId;
  const unknown =
    personId === undefined && findings.every(({ weight, unknown }) => unknown || weight === 'hint');
  if (unknown) {
    others.push({ sessionId, findings, failure: undefined });
    return;
  }
  for (const finding of findings) if (finding.weight === 'cause') causes.push({ sessionId, finding });
  const rest = findings.filter(({ weight }) => weight !== 'cause');
  known.push({ sessionId, findings: rest, personId });
}
