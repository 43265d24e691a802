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

/** Whether the work is allowed; other failures throw. */
export async function isAllowed(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (isKind(error, 'forbidden')) return false;
    throw error;
  }
}
