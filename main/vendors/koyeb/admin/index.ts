import type { People } from '../../admin.ts';
import { page, sources } from './directory.ts';
import { act, person } from './person.ts';

/** What a Koyeb session may do for other members of its organisation. */
export const people: People = { sources, page, person, act };
export { copyables, copyText } from './copyables.ts';
export { ownLogin } from './own-login.ts';
export { recovery } from './recovery.ts';
export { whyNot } from './why.ts';
