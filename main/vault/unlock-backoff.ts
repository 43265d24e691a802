import { GatehouseError } from '#contract/failure.ts';

export interface Patience {
  /** Throws rate-limited, with `until`, while the wait after wrong tries is not over. */
  check(): void;
  /** Counts a wrong try (of the passphrase, or of the recovery code) and answers the failure to throw. */
  refuse(what?: 'code'): GatehouseError;
  forget(): void;
}

/** From the third wrong passphrase on each costs a wait: 1 s, 2 s, 4 s … up to 30 s. Nobody is ever locked out. */
export function createUnlockBackoff(now: () => number): Patience {
  let wrong = 0;
  let last = 0;
  let until = 0;
  return {
    check() {
      const moment = now();
      // A clock that was set back must not make the wait longer.
      if (moment >= until || moment < last) return;
      throw new GatehouseError({
        kind: 'rate-limited',
        message: `After ${wrong} wrong tries there is a short wait.`,
        advice: `Try again in ${Math.ceil((until - moment) / 1000)} s.`,
        until,
      });
    },
    refuse(what) {
      wrong += 1;
      last = now();
      const wait = wrong < 3 ? 0 : Math.min(30_000, 1000 * 2 ** Math.min(wrong - 3, 10));
      until = last + wait;
      const message = what ? 'The recovery code is wrong.' : 'The passphrase is wrong.';
      return new GatehouseError({
        kind: 'refused-credentials',
        message,
        advice: wait === 0 ? 'Type it again.' : `Type it again in ${wait / 1000} s.`,
        ...(wait === 0 ? {} : { until }),
        fields: { [what ?? 'passphrase']: message },
      });
    },
    forget() {
      wrong = 0;
      until = 0;
    },
  };
}
