import { open, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import type { NetworkState, ProxySettings } from '#contract/shapes.ts';
import type { Proxies } from '#http/agents.ts';
import { trustAlso } from '#http/authorities.ts';
import { isLoopback } from '#http/base-url.ts';
import { checkProxy, includesLoopback } from '#http/proxy-address.ts';
import type { ProxySignIn } from '#http/proxy-tunnel.ts';
import { type Authority, longestFile, readAuthorities } from '#http/read-authorities.ts';
import { createEmitter } from '#lib/emitter.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Vault } from '../vault/vault.ts';
import type { AppSettings } from './app-settings.ts';

interface Parts {
  vault: Vault;
  ledger: Ledger;
  settings: AppSettings;
  /** The ways to an address by the present settings, as a proxy script answers: "PROXY a:8080; DIRECT". */
  resolveProxy(url: string): Promise<string>;
  now(): number;
}

/** What the network of a company needs: its proxy, the sign-in there, its authorities. Holds secrets, so it never leaves main. */
export interface CompanyNetwork {
  view(): NetworkState;
  /** For the way out to vendors. */
  proxies: Proxies;
  /** PEM of the authorities that the person added. */
  authorities(): string[];
  /** Throws `invalid` with fields. */
  setProxy(proxy: ProxySettings): void;
  signIn(proxy: string, signIn: ProxySignIn): void;
  forgetSignIn(proxy: string): void;
  notNow(): void;
  /** Trusts what the file holds; answers how many authorities it named. Throws `invalid` and then adds nothing. */
  addAuthorities(path: string): Promise<number>;
  removeAuthority(fingerprint: string): void;
  /** Something that connections are made with has changed. */
  onChange(listener: () => void): () => void;
  /** What is shown has changed. */
  onView(listener: (view: NetworkState) => void): () => void;
}

const stored = z.object({
  authorities: z.array(
    z.object({ pem: z.string(), name: z.string(), fingerprint: z.string(), expiresAt: z.number() }),
  ),
  signIns: z.array(z.object({ proxy: z.string(), user: z.string(), password: z.string() })),
});
type Stored = z.infer<typeof stored>;

const nothing: Stored = { authorities: [], signIns: [] };
/** Where it lies in the vault: it belongs to no account and goes to no vendor. */
const record = ['network', 'form', { accountId: '', vendor: '', origin: '' }] as const;
/** Of each kind. */
const most = 100;

export function createCompanyNetwork({ vault, ledger, settings, resolveProxy, now }: Parts): CompanyNetwork {
  const changes = createEmitter<void>();
  const views = createEmitter<NetworkState>();
  /** Kept over a lock: sessions are ended then, too, and their ends go the same way. */
  let held = nothing;
  let failure: Failure | null = null;
  let wanted: NetworkState['wanted'] = null;
  /** What is known of the stored sign-ins since the start, and of proxies that the person will not sign in to now. */
  const accepted = new Set<string>();
  const refused = new Set<string>();
  const putOff = new Set<string>();

  vault.whenOpen(() => {
    const [id, field, binding] = record;
    try {
      held = stored.parse(JSON.parse(vault.open(id, field, binding) ?? JSON.stringify(nothing)));
      failure = null;
    } catch (error) {
      // The vault opens all the same: nothing else depends on it.
      held = nothing;
      failure = unreadable(error);
    }
    trustAlso(held.authorities.map(({ pem }) => pem));
    views.tell(view());
  });

  function view(): NetworkState {
    return {
      authorities: held.authorities.map(({ name, fingerprint, expiresAt }) => ({
        name,
        fingerprint,
        expiresAt,
      })),
      signIns: held.signIns.map(({ proxy, user }) => ({ proxy, user })),
      wanted,
      failure,
    };
  }

  function keep(next: Partial<Stored>, detail: string): void {
    const whole = { ...held, ...next };
    const [id, field, binding] = record;
    vault.seal(id, field, JSON.stringify(whole), binding);
    held = whole;
    failure = null;
    changed(detail);
  }

  function changed(detail: string): void {
    ledger.write({ actor: 'window', event: 'network-changed', detail });
    trustAlso(held.authorities.map(({ pem }) => pem));
    changes.tell();
    views.tell(view());
  }

  function forgetWhatIsKnown(proxy: string): void {
    for (const known of [accepted, refused, putOff]) known.delete(proxy);
    if (wanted?.proxy === proxy) wanted = null;
  }

  const without = (proxy: string) => held.signIns.filter((one) => one.proxy !== proxy);
  const signInOf = (proxy: string) => held.signIns.find((one) => one.proxy === proxy) ?? null;

  return {
    view,
    proxies: {
      async resolve(url) {
        const { proxy } = settings.get();
        if (proxy.mode === 'none' || (isLoopback(url) && !includesLoopback(proxy))) return 'DIRECT';
        // The same way for a websocket as for a request.
        return resolveProxy(`https://${url.host}/`);
      },
      signInOf: (proxy) => (refused.has(proxy) ? null : signInOf(proxy)),
      isAccepted: (proxy) => accepted.has(proxy),
      signInAccepted: (proxy) => accepted.add(proxy),
      signInWanted(proxy, isRefused) {
        if (isRefused) refused.add(proxy);
        accepted.delete(proxy);
        const next = { proxy, refused: isRefused || refused.has(proxy), later: putOff.has(proxy) };
        if (wanted && isDeepStrictEqual(wanted, next)) return;
        wanted = next;
        views.tell(view());
      },
    },
    authorities: () => held.authorities.map(({ pem }) => pem),
    setProxy(proxy) {
      const checked = checkProxy(proxy);
      settings.change({ proxy: checked });
      wanted = null;
      putOff.clear();
      changed(proxyInWords(checked));
    },
    signIn(proxy, { user, password }) {
      checkSignIn(user, password);
      forgetWhatIsKnown(proxy);
      const signIns = [...without(proxy), { proxy, user, password }].slice(-most);
      keep({ signIns }, `sign-in of ${proxy} stored`);
    },
    forgetSignIn(proxy) {
      forgetWhatIsKnown(proxy);
      keep({ signIns: without(proxy) }, `sign-in of ${proxy} removed`);
    },
    notNow() {
      if (!wanted) return;
      putOff.add(wanted.proxy);
      wanted = { ...wanted, later: true };
      views.tell(view());
    },
    async addAuthorities(path) {
      const read = readAuthorities(await readShortFile(path), now());
      const named = new Set(read.map(({ fingerprint }) => fingerprint));
      const authorities: Authority[] = [
        ...held.authorities.filter(({ fingerprint }) => !named.has(fingerprint)),
        ...read,
      ];
      if (authorities.length > most) {
        throw new GatehouseError({
          kind: 'invalid',
          message: `Up to ${most} authorities can be added. Nothing was added.`,
          advice: 'Remove those that are no longer needed.',
        });
      }
      keep({ authorities }, `authority added: ${read.map(({ name }) => name).join(', ')}`);
      return read.length;
    },
    removeAuthority(fingerprint) {
      const gone = held.authorities.find((one) => one.fingerprint === fingerprint);
      if (!gone) return;
      const authorities = held.authorities.filter((one) => one !== gone);
      keep({ authorities }, `authority removed: ${gone.name}`);
    },
    onChange: changes.add,
    onView: views.add,
  };
}

function proxyInWords({ mode, address }: ProxySettings): string {
  if (mode === 'manual') return `proxy: ${address}`;
  return mode === 'system' ? 'proxy: as the system' : 'no proxy';
}

function unreadable(error: unknown): Failure {
  const said = error instanceof GatehouseError ? ` ${error.failure.message}` : '';
  return {
    kind: 'vault-broken',
    message: `The added authorities and the sign-ins of proxies can’t be read.${said}`,
    advice: 'Add them again: what is stored now is replaced then.',
  };
}

function checkSignIn(user: string, password: string): void {
  const wrong = (field: string, message: string) => {
    throw new GatehouseError({ kind: 'invalid', message, fields: { [field]: message } });
  };
  if (user.trim() === '') wrong('user', 'Type the user name.');
  // The first colon ends the name (RFC 7617).
  if (/[:\p{Cc}]/u.test(user)) wrong('user', 'A user name has no colon in it.');
  if (/\p{Cc}/u.test(password) || Buffer.byteLength(password) > 255)
    wrong('password', 'A proxy’s password is one line of at most 255 bytes.');
  if (Buffer.byteLength(user) > 255) wrong('user', 'A proxy’s user name has at most 255 bytes.');
}

/** Throws `invalid` for what is no file, is too long, or can't be read. */
async function readShortFile(path: string): Promise<string> {
  const refuse = (message: string, advice: string) =>
    new GatehouseError({ kind: 'invalid', message, advice });
  try {
    // Opening a pipe would wait for whoever writes into it.
    if (!(await stat(path)).isFile()) throw Object.assign(new Error('no file'), { code: 'no file' });
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(size, longestFile) + 1);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      if (bytesRead <= longestFile) return bytes.subarray(0, bytesRead).toString('latin1');
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw refuse(`The file could not be read (${code}).`, 'Check that it is there and that you may read it.');
  }
  throw refuse('The file is too long for one with certificates.', 'Choose one with your company’s alone.');
}
