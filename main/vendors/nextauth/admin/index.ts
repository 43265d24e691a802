import type { People } from '../../admin.ts';
import { act } from './actions.ts';
import { page, sources } from './directory.ts';
import { person } from './person.ts';

/** What a nextAuth session may do for other people. */
export const people: People = { sources, page, person, act };
export { whyNot } from './why.ts';
