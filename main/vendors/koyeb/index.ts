import { GatehouseError } from '#contract/failure.ts';
import type { Identity } from '#contract/shapes.ts';
import type { Check, Json, Vendor, VendorContext } from '../vendor.ts';
import * as admin from './admin/index.ts';
import { assumptions } from './assumptions.ts';
import { koyebClient } from './client.ts';
import { form } from './form.ts';
import type { User } from './models.ts';
import { currentRealm, isFailure, listMemberships } from './realms.ts';
import { readSecret, stillAlive } from './secret.ts';
import * as signIn from './sign-in.ts';

const clientOf = (context: VendorContext, secret: Json) =>
  koyebClient(context.http, readSecret(secret).token);

/** Koyeb, the cloud. Its sign-in has no second step, so nothing is ever left to answer. */
export const koyeb: Vendor = {
  id: 'koyeb',
  view: {
    name: 'Koyeb',
    purpose: 'Cloud',
    words: { realm: 'organisation', realms: 'organisations', place: 'at Koyeb' },
    realmHelp: 'Leave empty to land where Koyeb puts you. You can switch later.',
    form,
    ways: [],
    notice:
      'Koyeb marks signing in with e-mail and password as deprecated and may remove it. A pasted token keeps working.',
  },

  identityOf: (values) => (values.way === 'token' ? 'API token' : (values.email ?? '')),

  begin: (context) => signIn.begin(context),

  async answer() {
    throw new GatehouseError({ kind: 'internal', message: 'A Koyeb sign-in has nothing to answer.' });
  },

  async check(context, secret): Promise<Check> {
    const client = clientOf(context, secret);
    try {
      const user = await client.getCurrentUser();
      const person = user.name ?? user.email;
      return { alive: true, realm: await currentRealm(client), ...(person ? { person } : {}) };
    } catch (error) {
      if (isFailure(error, 'expired')) return { alive: false, reason: error.failure.message };
      throw error;
    }
  },

  end: (context, secret) => signIn.end(context, readSecret(secret)),
  /** Tokens that refreshes have replaced. */
  leftAfter(secret, now) {
    const left = stillAlive(readSecret(secret), now).map((one) => one.expiresAt ?? Infinity);
    const until = Math.max(...left);
    return left.length === 0 ? null : { until: until === Infinity ? null : until };
  },
  /** Koyeb lists no sessions. Only a pasted token, used where it belongs, surely opened none. */
  async endStray(context) {
    return { conclusive: context.values.way === 'token' && context.realm === null, ended: false };
  },
  cannotEnd: (secret) => signIn.cannotEnd(readSecret(secret)),

  whoAmI: async (context, secret) => identityFrom(await clientOf(context, secret).getCurrentUser()),
  memberships: (context, secret) => listMemberships(clientOf(context, secret), readSecret(secret).userId),

  async switchRealm(context, secret, realm) {
    return { kind: 'active', grant: await signIn.openRealm(context, readSecret(secret), realm) };
  },

  /** 12 h before expiry, or at half the life of a shorter token. A pasted token is renewed by its owner. */
  refreshAt({ expiresAt, grantedAt }, values) {
    if (expiresAt === null || values.way === 'token') return null;
    return expiresAt - Math.min(assumptions.refreshLead, Math.max(0, expiresAt - grantedAt) / 2);
  },
  refresh: (context, secret) => signIn.refresh(context, readSecret(secret)),
  refreshOpens: true,

  ...admin,
};

function identityFrom(user: User): Identity {
  const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'yes' : 'no');
  const facts: [string, string | undefined][] = [
    ['Two-factor sign-in', yesNo(user.two_factor_authentication)],
    ['E-mail confirmed', yesNo(user.email_validated)],
    ['Last sign-in', user.last_login && new Date(user.last_login).toISOString()],
    ['Last sign-in from', user.last_login_ip],
    ['Registered', user.created_at && new Date(user.created_at).toISOString()],
  ].map(([label, value]) => [String(label), value ? String(value) : undefined]);
  return {
    name: user.name ?? user.email ?? 'Koyeb user',
    ...(user.email ? { detail: user.email } : {}),
    facts: facts.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
  };
}
