import { cappedArray } from '../../kit/schema.ts';
import * as model from './models.ts';
import { type CyclosRequests, confirmed } from './request.ts';

const manageClients = 'to manage access clients';

/** Access clients of people: programs that act for them by a token. */
export function clientOperations(ask: CyclosRequests) {
  return {
    listClientTypes: (user: string) =>
      ask.read('listClientTypesForUser', [user, 'client-types'], cappedArray(model.clientType, 100), {
        right: manageClients,
      }),

    /** By id; Cyclos would take a token too, which has no place in an address. */
    viewClient: (id: string) =>
      ask.read('viewClient', ['clients', id], model.clientView, { right: manageClients }),

    /** Its token is over; the client can be activated again. */
    unassignClient: (id: string, confirmation: string) =>
      ask.empty({
        operation: 'unassignClient',
        method: 'POST',
        path: ['clients', id, 'unassign'],
        headers: confirmed(confirmation),
        right: manageClients,
      }),
  };
}
