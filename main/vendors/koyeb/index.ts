import type { Vendor } from '../vendor.ts';
import * as admin from './admin/index.ts';
import { byProvider, form } from './form.ts';
import { memberships, whoAmI } from './session/identity.ts';
import * as lifecycle from './session/lifecycle.ts';
import { answer, listen } from './session/provider.ts';
import { readSecret } from './session/secret.ts';
import { begin, openRealm } from './session/sign-in.ts';

/** Koyeb, the cloud. Nothing is open at Koyeb before a sign-in is over, so that one that is broken off leaves nothing to be ended. */
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
      'Koyeb marks signing in with e-mail and password as deprecated and will drop soon: signing in (Login, LoginMethod), signing out (Logout), renewing (RefreshToken), a session without an organisation (NewSession), moving to another one (SwitchOrganization) and password recovery (ResetPassword, UpdatePassword). A pasted token keeps working, in its own organisation.',
  },

  identityOf: ({ way, email = '' }) =>
    way === 'token' ? 'API token' : way === byProvider ? 'By a provider' : email,

  begin,
  answer,
  listen,

  ...lifecycle,
  whoAmI,
  memberships,

  async switchRealm(context, secret, realm) {
    return { kind: 'active', grant: await openRealm(context, readSecret(secret), realm) };
  },

  refreshOpens: true,

  ...admin,
};
