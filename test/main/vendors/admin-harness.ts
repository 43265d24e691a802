import type { Action, DirectoryQuery, Finding, PersonPage } from '#contract/admin.ts';
import * as contract from '#contract/admin.ts';
import type { ActionResult } from '../../../main/vendors/admin.ts';
import type { Json, Vendor, VendorContext } from '../../../main/vendors/vendor.ts';

/** A live session as the desk holds it. */
export interface Open {
  vendor: Vendor;
  context: VendorContext;
  secret: Json;
}

export function peopleOf({ vendor, context, secret }: Open) {
  const people = vendor.people!;
  const own = vendor.ownLogin;
  return {
    sources: async () =>
      (await people.sources(context, secret)).map((one) => contract.directorySource.parse(one)),
    page: async (query: DirectoryQuery, offset = 0, limit = 50) =>
      contract.directoryPage.parse(await people.page(context, secret, query, { offset, limit })),
    person: async (id: string) => contract.personPage.parse(await people.person(context, secret, id)),
    act: (action: Action, target: string, values: Record<string, string> = {}): Promise<ActionResult> =>
      people.act(context, secret, { action: action.id, target, values, image: null }),
    why: async (email: string): Promise<Finding[]> =>
      (await vendor.whyNot!(context, secret, email)).map((one) => contract.finding.parse(one)),
    own: async () => contract.personPage.parse(await own!.page(context, secret)),
    actOnOwn: (action: Action, target: string | null, values: Record<string, string> = {}) =>
      own!.act(context, secret, { action: action.id, target, values, image: null }),
  };
}

export function tableOf(page: PersonPage, title: string) {
  const found = page.tables.find((one) => one.title.startsWith(title));
  if (!found)
    throw new Error(`There is no table ${title}: ${page.tables.map((one) => one.title).join(', ')}`);
  return found;
}

export function rowOf(page: PersonPage, title: string, part: string) {
  const found = tableOf(page, title).rows.find((row) =>
    Object.values(row.cells).some((cell) => cell.includes(part)),
  );
  if (!found) throw new Error(`The table ${title} has no row with ${part}.`);
  return found;
}

/** An action by its id, or by the verb in front of the colon. */
export function actionOf(actions: Action[], verb: string): Action {
  const found = actions.find(({ id }) => id === verb || id.startsWith(`${verb}:`));
  if (!found) throw new Error(`There is no action ${verb}: ${actions.map(({ id }) => id).join(', ')}`);
  return found;
}

export const factOf = (page: PersonPage, label: string) =>
  page.facts.find((one) => one.label === label)?.value;
