import type { People } from '../../admin.ts';
import { act } from './actions.ts';
import { page, sources } from './directory.ts';
import { person } from './person.ts';

/** What a Cyclos session may do for other people. */
export const people: People = { sources, page, person, act };
export { copyables, copyText, handOver } from './console.ts';
export { ownLogin } from './own-login.ts';
export { recovery } from './recovery.ts';
export { whyNot } from './why.ts';
