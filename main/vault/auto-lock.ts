import type { Scheduler } from '#lib/scheduler.ts';

export interface AutoLock {
  /** The person did something in the window. */
  active(): void;
  /** Settings or the vault's state changed. */
  plan(): void;
  /** When the vault will lock if nobody touches the machine; null when it won't. */
  locksAt(): number | null;
}

interface AutoLockOptions {
  scheduler: Scheduler;
  now(): number;
  /** Minutes; 0 is never. */
  minutes(): number;
  /** True while there is something to lock and a passphrase to unlock it with. */
  canLock(): boolean;
  /** Seconds since the last input anywhere on this machine. */
  idleSeconds(): number;
  lock(): void;
  /** Told when the time of the lock has moved by more than a few seconds. */
  moved(locksAt: number | null): void;
}

/** Locks the vault when neither the window nor the machine has been touched for the set time. */
export function createAutoLock(options: AutoLockOptions): AutoLock {
  const { scheduler, now } = options;
  let lastActive = now();
  let told: number | null = null;

  function locksAt(): number | null {
    const minutes = options.minutes();
    return minutes > 0 && options.canLock() ? lastActive + minutes * 60_000 : null;
  }

  function plan() {
    const at = locksAt();
    if (at === null) scheduler.drop('auto-lock');
    else scheduler.put('auto-lock', at, due);
    if (at !== told && (at === null || told === null || Math.abs(at - told) > 5_000)) {
      told = at;
      options.moved(at);
    }
  }

  function due() {
    lastActive = Math.max(lastActive, now() - options.idleSeconds() * 1000);
    const at = locksAt();
    try {
      if (at !== null && at <= now()) options.lock();
    } finally {
      plan();
    }
  }

  return {
    active() {
      lastActive = now();
      plan();
    },
    plan,
    locksAt,
  };
}
