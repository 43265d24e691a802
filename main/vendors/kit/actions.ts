import type { Action } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { FormField } from '#contract/shapes.ts';
import type { ActionInput, ActionResult } from '../admin.ts';
import { missingRight, type Right } from './rights.ts';

/** A value, or how it follows from what the action is offered for. */
type From<Subject, T> = T | ((subject: Subject) => T);

export interface ActionDefinition<Context, Subject> {
  /** A verb, unique among a vendor's actions; it crosses the bridge. */
  id: string;
  /** The thing that the action is about where a row or a person has several (a password, a device): follows the id after a colon. */
  object?: (subject: Subject) => string;
  label: From<Subject, string>;
  fields?: From<Subject, FormField[]>;
  danger?: boolean;
  confirm?: From<Subject, string>;
  /** What the other person will notice; '' for nothing. */
  effect?: From<Subject, string>;
  special?: Action['special'];
  /** What the session has to be allowed; the action is shown without it, and says so. */
  right?: Right<Subject>;
  /** Whether it is offered at all. */
  when?: (subject: Subject) => boolean;
  /** Does it. `object` is what follows the colon. */
  run: (context: Context, call: ActionCall) => Promise<ActionResult>;
}

export type ActionCall = Omit<ActionInput, 'action'> & { object: string };

/** One admin action, whole: how it is offered, the right that it needs, and what it does. */
export interface AdminAction<Context, Subject = never> {
  id: string;
  hasObject: boolean;
  isOffered: (subject: Subject) => boolean;
  /** The action as the window shows it. */
  offer: (subject: Subject) => Action;
  run: ActionDefinition<Context, Subject>['run'];
}

export function defineAction<Context, Subject = unknown>(
  definition: ActionDefinition<Context, Subject>,
): AdminAction<Context, Subject> {
  const { id, object, label, fields = [], danger = false, confirm, effect = '', special, right } = definition;
  const { when = () => true, run } = definition;
  const of = <T>(from: From<Subject, T>, subject: Subject): T =>
    from instanceof Function ? from(subject) : from;
  return {
    id,
    hasObject: object !== undefined,
    isOffered: when,
    offer(subject) {
      const noticed = of(effect, subject);
      return {
        id: object ? `${id}:${object(subject)}` : id,
        label: of(label, subject),
        fields: of(fields, subject),
        danger,
        ...(confirm ? { confirm: of(confirm, subject) } : {}),
        ...(noticed ? { effect: noticed } : {}),
        ...(special ? { special } : {}),
        ...(right ? missingRight(right, subject) : {}),
      };
    },
    run,
  };
}

/** Those of the actions that are offered for the subject, as the window shows them. */
export function offered<Subject>(
  actions: readonly Pick<AdminAction<never, Subject>, 'isOffered' | 'offer'>[],
  subject: Subject,
): Action[] {
  return actions.filter((one) => one.isOffered(subject)).map((one) => one.offer(subject));
}

/** Runs the one of a vendor's actions that an input names. Throws `not-found` when there is none. */
export function createDispatcher<Context>(
  vendorName: string,
  actions: readonly Pick<AdminAction<Context>, 'id' | 'hasObject' | 'run'>[],
) {
  const byId = new Map(actions.map((one) => [one.id, one]));
  if (byId.size < actions.length) throw new Error(`Two actions of ${vendorName} have one id.`);
  return async (context: Context, { action: named, ...rest }: ActionInput): Promise<ActionResult> => {
    const [, id = '', object = ''] = /^([^:]*)(?::(.+))?$/s.exec(named) ?? [];
    const action = byId.get(id);
    if (!action || action.hasObject !== (object !== '')) throw unknownAction(vendorName);
    return action.run(context, { ...rest, object });
  };
}

export function unknownAction(vendorName: string): GatehouseError {
  return new GatehouseError({ kind: 'not-found', message: `There is no such action at ${vendorName}.` });
}
