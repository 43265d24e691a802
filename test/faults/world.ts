import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Input } from '#contract/channels.ts';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticePerson, PracticeServer } from '../../practice/common/types.ts';

/** Whom the desk signs in as: every kind of prompt that can be answered more than once. */
const cast: Record<string, string[]> = {
  enhance: ['Nora Lindholm', 'Amir Haddad', 'Tess Okafor', 'Kari Nordahl', 'Sam Whitlock'],
  cyclos: ['Administrator', 'Member', 'One-time password', 'Authenticator', 'Secondary password'],
  nextauth: ['Front door: Desk key', 'Back office: Desk key', 'Front door: Sign-in only key'],
  koyeb: ['Maya Castell', 'Jonas Weber', 'Theo Blanc', 'Rui Tavares'],
};
/** Has an authenticator, but its codes are typed. */
const typesCodes = 'Kari Nordahl';

export interface Actor {
  server: PracticeServer;
  person: PracticePerson;
  input: Input<'accounts.add'>;
}

/** The people to sign in as, and what only they have: their mail, their authenticator, their phone. */
export function createWorld(practice: Practice) {
  const actors = practice.servers.flatMap((server) =>
    server.people
      .filter((person) =>
        cast[server.vendor]?.some((name) => person.label === name || person.label === `Left Coast: ${name}`),
      )
      .map((person): Actor => {
        const { values, realm = null } = person.account;
        const kept = { ...values };
        if (person.label === typesCodes) delete kept.authenticatorSecret;
        if (server.vendor === 'cyclos' && person.label.endsWith('Member')) kept.keepAlive = 'yes';
        const input = {
          vendor: server.vendor,
          label: person.label,
          values: kept,
          realm,
          tags: [],
          colour: 'teal' as const,
        };
        return { server, person, input };
      }),
  );
  const actorOf = (account: Account) =>
    actors.find((actor) => actor.input.vendor === account.vendor && actor.input.label === account.label);

  /** The right code for a prompt of this account; '' when none has come yet. */
  function code(account: Account, medium: string): string {
    const actor = actorOf(account);
    if (medium === 'authenticator app') {
      if (!actor?.person.totpSecret) return '';
      const secret = Secret.fromBase32(actor.person.totpSecret);
      return new TOTP({ secret }).generate({ timestamp: practice.clock.now() });
    }
    const own = practice.inbox
      .list()
      .filter((letter) => letter.vendor === account.vendor)
      .filter((letter) => account.vendor !== 'enhance' || letter.to === account.values.email);
    return own.at(-1)?.code ?? '';
  }

  /** The device that belongs to this account; each account has its own, so that approvals can't be mixed up. */
  async function device(
    account: Account,
    serverName: string,
  ): Promise<{ origin: string; id: number } | null> {
    const origin = actorOf(account)?.server.origin;
    if (!origin) return null;
    const state = await phone<{ devices: { id: number; server: string; blocked: boolean }[] }>(
      origin,
      'state',
    );
    const own = state?.devices.filter((one) => one.server === serverName && !one.blocked) ?? [];
    const index = createHash('sha256').update(account.label).digest()[0]! % Math.max(1, own.length);
    const found = own[index];
    return found ? { origin, id: found.id } : null;
  }

  return { actors, code, device, phone };
}

export type World = ReturnType<typeof createWorld>;

/** A request of the practice phone; null when the server did not answer well (it misbehaves here too). */
async function phone<T>(origin: string, path: string, body?: object): Promise<T | null> {
  try {
    const answer = await fetch(`${origin}/phone/${path}`, {
      signal: AbortSignal.timeout(2_000),
      ...(body
        ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : {}),
    });
    const text = await answer.text();
    return answer.ok ? ((text ? JSON.parse(text) : {}) as T) : null;
  } catch {
    return null;
  }
}
