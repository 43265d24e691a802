import { isKind } from './failures.ts';

/** Something that a vendor allows a session or not. */
export interface Right<Subject> {
  /** In the vendor's words, for people. */
  name: string;
  isHeld: (subject: Subject) => boolean;
}

/** What an action or a table says of a right that is not held, to be spread into it; nothing when it is held. */
export function missingRight<Subject>(right: Right<Subject>, subject: Subject): { missingRight?: string } {
  return right.isHeld(subject) ? {} : { missingRight: right.name };
}

/** The right that the work lacks, in the vendor's words; undefined when it is allowed. Other failures throw. */
export async function rightMissingFor(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (isKind(error, 'forbidden')) return error.failure.missingRight ?? error.failure.message;
    throw error;
  }
}
