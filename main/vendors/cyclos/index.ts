import { readAuthenticator } from '../kit/authenticator.ts';
import type { Vendor } from '../vendor.ts';
import * as admin from './admin/index.ts';
import { byProvider, form } from './form.ts';
import { abandon, answer, listen, sendAgain } from './session/answer.ts';
import { whoAmI } from './session/identity.ts';
import * as lifecycle from './session/lifecycle.ts';
import { networkAddress } from './session/network.ts';
import { endAllSessions, endRemoteSession, remoteIdOf, remoteSessions } from './session/remote.ts';
import { begin } from './session/sign-in.ts';

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

  identityOf: ({ way, principal = '' }) =>
    way === 'access-client' ? 'Access client' : way === byProvider ? 'Identity provider' : principal,

  checkForm(values) {
    if (values.authenticatorSecret) readAuthenticator(values.authenticatorSecret);
  },

  addressIn: networkAddress,

  begin,
  answer,
  sendAgain,
  listen,
  abandon,
  ...lifecycle,
  whoAmI,
  remoteSessions,
  remoteIdOf,
  endRemoteSession,
  endAllSessions,

  ...admin,
};
