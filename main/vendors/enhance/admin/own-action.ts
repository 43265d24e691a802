import { type ActionDefinition, defineAction } from '../../kit/actions.ts';
import type { AdminContext } from './context.ts';
import { personSession, requireRight } from './rights.ts';

/** An action on the session's own login. A login is somebody's, so that an access token can't change it. */
export const defineOwnAction = <Subject extends { byToken: boolean }>(
  definition: Omit<ActionDefinition<AdminContext, Subject>, 'right'>,
) =>
  defineAction<AdminContext, Subject>({
    ...definition,
    right: personSession,
    async run(admin, call) {
      requireRight(personSession, admin);
      return definition.run(admin, call);
    },
  });
