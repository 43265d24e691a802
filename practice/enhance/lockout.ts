export interface PolicySettings {
  enabled: boolean;
  emailQuota: number;
  emailAutoBlockEnabled: boolean;
  emailAutoBlockThreshold: number;
  /** s */
  emailAutoBlockDuration: number;
  ipQuota: number;
  ipAutoBlockEnabled: boolean;
  ipAutoBlockThreshold: number;
  /** s */
  ipAutoBlockDuration: number;
}

export const POLICY_LISTS = ['ip-whitelist', 'ip-blacklist', 'email-whitelist', 'email-blacklist'] as const;
export type PolicyList = (typeof POLICY_LISTS)[number];

interface Failures {
  blockedUntil?: number;
  currentFailures: number;
  allFailures: number;
}

/** The login policy: counts bad passwords by e-mail and by address and blocks for a while. */
export class Lockout {
  readonly #now: () => number;
  settings: PolicySettings = {
    enabled: true,
    emailQuota: 5,
    emailAutoBlockEnabled: true,
    emailAutoBlockThreshold: 5,
    emailAutoBlockDuration: 900,
    ipQuota: 1000,
    // Every practice client has the same loopback address, so blocking it is off until an admin turns it on.
    ipAutoBlockEnabled: false,
    ipAutoBlockThreshold: 50,
    ipAutoBlockDuration: 900,
  };
  readonly lists = new Map<PolicyList, string[]>();
  /** What a blocked sign-in is answered with; the vendor does not say which. */
  status: 401 | 403 | 429 = 401;
  readonly #emails = new Map<string, Failures>();
  readonly #ips = new Map<string, Failures>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** s until this e-mail or address may try again; 0 when it may now; Infinity when it is on a black list. */
  waitFor(email: string, ip: string): number {
    if (!this.settings.enabled) return 0;
    if (this.#listed('email-blacklist', email) || this.#listed('ip-blacklist', ip))
      return Number.POSITIVE_INFINITY;
    const until = Math.max(this.#until(this.#emails, email), this.#until(this.#ips, ip));
    return Math.max(0, Math.ceil((until - this.#now()) / 1000));
  }

  failed(email: string, ip: string): void {
    const { settings } = this;
    if (!settings.enabled) return;
    if (settings.emailAutoBlockEnabled && !this.#listed('email-whitelist', email))
      this.#count(this.#emails, email, settings.emailAutoBlockThreshold, settings.emailAutoBlockDuration);
    if (settings.ipAutoBlockEnabled && !this.#listed('ip-whitelist', ip))
      this.#count(this.#ips, ip, settings.ipAutoBlockThreshold, settings.ipAutoBlockDuration);
  }

  succeeded(email: string): void {
    this.#emails.delete(email.toLowerCase());
  }

  /** Blocks an e-mail at once, for a seeded person. `seconds` from now. */
  block(email: string, seconds: number, failures: number): void {
    this.#emails.set(email.toLowerCase(), {
      blockedUntil: this.#now() + seconds * 1000,
      currentFailures: failures,
      allFailures: failures,
    });
  }

  /** The vendor's blocked-ips and blocked-logins reports; times in s since 1970. */
  report(
    of: 'ips' | 'logins',
  ): Record<string, { blockedUntil?: number; currentFailures: number; allFailures: number }> {
    const rows = of === 'ips' ? this.#ips : this.#emails;
    return Object.fromEntries(
      [...rows].map(([name, row]) => [
        name,
        { ...row, ...(row.blockedUntil && { blockedUntil: Math.floor(row.blockedUntil / 1000) }) },
      ]),
    );
  }

  #count(rows: Map<string, Failures>, name: string, threshold: number, seconds: number): void {
    const row = rows.get(name.toLowerCase()) ?? { currentFailures: 0, allFailures: 0 };
    row.currentFailures += 1;
    row.allFailures += 1;
    if (row.currentFailures >= threshold) {
      row.blockedUntil = this.#now() + seconds * 1000;
      row.currentFailures = 0;
    }
    rows.set(name.toLowerCase(), row);
  }

  #until(rows: Map<string, Failures>, name: string): number {
    return rows.get(name.toLowerCase())?.blockedUntil ?? 0;
  }

  #listed(list: PolicyList, name: string): boolean {
    return (this.lists.get(list) ?? []).some((entry) => entry.toLowerCase() === name.toLowerCase());
  }
}
