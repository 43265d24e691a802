import { GatehouseError } from '#contract/failure.ts';
import type { Identity } from '#contract/shapes.ts';
import { readAuthenticator } from '../kit/authenticator.ts';
import type { Check, Grant, Json, Vendor, VendorContext } from '../vendor.ts';
import * as admin from './admin/index.ts';
import { assumptions } from './assumptions.ts';
import { cyclosClient } from './client.ts';
import { form } from './form.ts';
import { generationOf } from './generation.ts';
import type { Auth } from './models.ts';
import { networkAddress } from './network.ts';
import { peopleClient } from './people-client.ts';
import { endRemote, listRemote, remoteIdOf } from './remote.ts';
import { accessOf } from './secret.ts';
import { sessionClient } from './session-client.ts';
import * as signIn from './sign-in.ts';

const isFailure = (error: unknown, ...kinds: string[]): error is GatehouseError =>
  error instanceof GatehouseError && kinds.includes(error.failure.kind);

const deadSession = 'Cyclos no longer knows this session: it was ended, or not used for too long.';

/** Cyclos, payments; generations 4.11 and 4.16. A session slides: each use renews it. */
export const cyclos: Vendor = {
  id: 'cyclos',
  view: {
    name: 'Cyclos',
    purpose: 'Payments',
    words: { realm: 'network', realms: 'networks', place: 'at Cyclos' },
    form,
    otherRealm: {
      label: 'Address of the other network',
      placeholder: 'https://payments.example.com/other-network/api',
      help: 'Cyclos does not list its networks: each has an address of its own on the same server.',
    },
    ways: [],
  },

  identityOf: (values) => (values.way === 'access-client' ? 'Access client' : (values.principal ?? '')),

  checkForm(values) {
    if (values.authenticatorSecret) readAuthenticator(values.authenticatorSecret);
  },

  addressIn: networkAddress,

  begin: (context) => signIn.begin(context),
  answer: (context, resume, answer) => signIn.answer(context, resume, answer),
  sendAgain: (context, resume, medium) => signIn.sendAgain(context, resume, medium),
  abandon: (context, resume) => signIn.abandon(context, resume),

  async check(context, secret): Promise<Check> {
    const isClient = accessOf(secret).kind === 'access-client';
    try {
      const { auth, expiresAt } = await look(context, secret);
      if (!auth.user && !auth.accessClient) return { alive: false, reason: deadSession };
      const person = auth.user?.display;
      return { alive: true, expiresAt, ...(person ? { person } : {}) };
    } catch (error) {
      if (isClient && isFailure(error, 'refused-credentials', 'expired'))
        return { alive: false, reason: error.failure.message };
      if (isFailure(error, 'expired')) return { alive: false, reason: deadSession };
      throw error;
    }
  },

  async end(context, secret) {
    const access = accessOf(secret);
    if (access.kind === 'access-client') return;
    await cyclosClient(context.http, access)
      .logout()
      .catch((error: unknown) => {
        if (!isFailure(error, 'expired')) throw error;
      });
  },

  /** A list of sessions does not tell ours from others. An access client opens none. */
  async endStray(context) {
    return { conclusive: context.values.way === 'access-client', ended: false };
  },

  cannotEnd: (secret) =>
    accessOf(secret).kind === 'access-client'
      ? 'An access client opens no session: its token stays valid until it is disconnected in Cyclos.'
      : null,

  async whoAmI(context, secret) {
    return identityFrom(await cyclosClient(context.http, accessOf(secret)).getCurrentAuth());
  },

  /** Half-way to the expiry that Cyclos states; where it states none, often enough. Only if the account says so. */
  refreshAt({ expiresAt, usedAt }, values) {
    if (values.keepAlive !== 'yes' || values.way === 'access-client') return null;
    return expiresAt === null
      ? usedAt + assumptions.keepAliveEvery
      : usedAt + Math.max(0, expiresAt - usedAt) / 2;
  },

  /** Any use renews the session; the token stays the same. */
  async refresh(context, secret): Promise<Grant> {
    const { auth, expiresAt } = await look(context, secret);
    const person = auth.user?.display ?? null;
    return { secret, realm: context.realm, person, method: 'kept alive', expiresAt };
  },

  remoteSessions: (context, secret) => listRemote(context, accessOf(secret)),
  remoteIdOf: (secret) => remoteIdOf(accessOf(secret)),
  endRemoteSession: (context, secret, remoteId) => endRemote(context, accessOf(secret), remoteId),
  async endAllSessions(context, secret) {
    await peopleClient(context.http, accessOf(secret)).disconnectUserSessions('self');
  },

  ...admin,
};

/** Who the session is, and until when by the server's word: 4.11 has none, and an access client's does not end. */
async function look(context: VendorContext, secret: Json): Promise<{ auth: Auth; expiresAt: number | null }> {
  const access = accessOf(secret);
  const auth = await cyclosClient(context.http, access).getCurrentAuth();
  if (access.kind === 'access-client' || generationOf(auth) === '4.11') return { auth, expiresAt: null };
  try {
    const info = await sessionClient(context.http, access).getSessionInfo();
    return { auth, expiresAt: info?.expiresAt ?? null };
  } catch (error) {
    if (isFailure(error, 'not-found', 'forbidden')) return { auth, expiresAt: null };
    throw error;
  }
}

function identityFrom(auth: Auth): Identity {
  const facts: [string, string | undefined][] = [
    ['Role', auth.role],
    ['Signed in as', auth.principal],
    ['By', auth.principalType?.name],
    ['Password', auth.passwordType?.name],
    ['Access client', auth.accessClient?.name],
    ['Trusted session', auth.trustedSession === undefined ? undefined : auth.trustedSession ? 'yes' : 'no'],
    [
      'Authenticator app',
      auth.totpEnabled === undefined ? undefined : auth.totpEnabled ? 'in use' : 'not set up',
    ],
  ];
  return {
    name: auth.user?.display ?? auth.accessClient?.name ?? 'Cyclos user',
    ...(auth.user?.username ? { detail: auth.user.username } : {}),
    facts: facts.flatMap(([label, value]) => (value ? [{ label, value }] : [])),
  };
}
