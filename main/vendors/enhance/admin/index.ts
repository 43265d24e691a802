import type { People } from '../../admin.ts';
import { inSession } from '../session/secret.ts';
import { act } from './actions.ts';
import { page, sources } from './directory.ts';
import { person } from './person.ts';
import { searchOrganisations } from './reach.ts';
import { rightsOf } from './rights.ts';

/** What an Enhance session may do for other people. */
export const people: People = {
  sources,
  async organisations(context, secret, search) {
    const client = inSession(context, secret);
    return searchOrganisations(client, await rightsOf(client), search);
  },
  page,
  person,
  act,
};
export { copyables, copyText, handOver } from './console.ts';
export { ownLogin } from './own-login.ts';
export { recovery } from './recovery.ts';
export { whyNot } from './why.ts';
