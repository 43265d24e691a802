import { z } from 'zod';
import { type Channel, channels, type Output } from '#contract/channels.ts';
import { type Failure, GatehouseError, type Result } from '#contract/failure.ts';

type Parsed<C extends Channel> = z.output<(typeof channels)[C]['input']>;

/** One function a channel: the contract's input goes in, its output comes out; expected failures are thrown as GatehouseError. */
export type Handlers = { [C in Channel]: (input: Parsed<C>) => Promise<Output<C>> | Output<C> };

export interface RouterOptions {
  handlers: Handlers;
  /** True while the vault is locked: then only `openWhileLocked` channels answer. */
  locked(): boolean;
  /** Told of failures that nobody expected; must not receive secrets, so it gets the channel and the error's stack only. */
  reportBug(channel: string, error: unknown): void;
}

const openWhileLocked: ReadonlySet<Channel> = new Set<Channel>([
  'state.snapshot',
  'vault.create',
  'vault.unlock',
  'vault.recover',
  'vault.lock',
  'settings.change',
  'sessions.signOutEverywhere',
  'tray.choose',
  'app.quit',
  'app.openDataFolder',
  'app.active',
]);

function isChannel(name: unknown): name is Channel {
  return typeof name === 'string' && Object.hasOwn(channels, name);
}

/** What the contract makes of an input. Where it throws (a `length` that is no number), nothing can be said of it. */
function read(channel: Channel, input: unknown): z.ZodSafeParseResult<unknown> {
  try {
    return channels[channel].input.safeParse(input);
  } catch {
    return { success: false, error: new z.ZodError([]) };
  }
}

function invalidInput(error: z.ZodError): Failure {
  if (error.issues.length === 0)
    return { kind: 'invalid', message: 'Gatehouse could not accept this: it is nothing that it knows.' };
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join('.') || 'input'] = issue.message;
  return {
    kind: 'invalid',
    message: `Gatehouse could not accept this: ${Object.entries(fields)
      .map(([name, why]) => `${name}: ${why}`)
      .join('; ')}.`,
    fields,
  };
}

const lockedFailure: Failure = {
  kind: 'vault-locked',
  message: 'Gatehouse is locked.',
  advice: 'Unlock it and try again.',
};

/** Answers one call of the window: checks the channel, the lock, the input and the output. Never throws. */
export function createRouter({ handlers, locked, reportBug }: RouterOptions) {
  const shut = (name: Channel) => locked() && !openWhileLocked.has(name);

  return async function route(name: unknown, input: unknown): Promise<Result<unknown>> {
    if (!isChannel(name)) {
      return { ok: false, failure: { kind: 'invalid', message: 'Gatehouse has no such channel.' } };
    }
    if (shut(name)) return { ok: false, failure: lockedFailure };
    // The bridge hands a missing input over as null.
    const parsed = read(name, input ?? undefined);
    if (!parsed.success) return { ok: false, failure: invalidInput(parsed.error) };
    try {
      const handler = handlers[name] as (input: unknown) => unknown;
      const value = channels[name].output.parse(await handler(parsed.data));
      // An answer that comes after the lock would tell whoever sits there now.
      return shut(name) ? { ok: false, failure: lockedFailure } : { ok: true, value };
    } catch (error) {
      if (error instanceof GatehouseError) {
        // What the lock itself broke off is told in our own words; anything else may name a vendor or an account.
        const told = !shut(name) || error.failure.kind === 'cancelled';
        return { ok: false, failure: told ? error.failure : lockedFailure };
      }
      reportBug(name, error);
      return {
        ok: false,
        failure: {
          kind: 'internal',
          message: 'Something went wrong inside Gatehouse; nothing was lost.',
          advice: 'Try again. If it happens again, send the log from the data folder to your Gatehouse team.',
        },
      };
    }
  };
}
