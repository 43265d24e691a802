import type { Vendor } from '../vendor.ts';
import { copyables, copyText, handOver, ownLogin, people, recovery, whyNot } from './admin/index.ts';
import { checkForm, form, identityOf } from './form.ts';
import { memberships, whoAmI } from './session/identity.ts';
import { cannotEnd, check, end } from './session/lifecycle.ts';
import { endAllSessions, endRemoteSession, remoteIdOf, remoteSessions } from './session/remote.ts';
import { abandon, answer, begin, sendAgain } from './session/sign-in.ts';
import { endStray } from './session/stray.ts';

/** Enhance, the hosting control panel. */
export const enhance: Vendor = {
  id: 'enhance',
  view: {
    name: 'Enhance',
    purpose: 'Hosting',
    words: { realm: 'realm', realms: 'realms', place: 'at the panel' },
    realmHelp:
      'Leave empty to let the panel’s address decide. Needed only when the same e-mail has logins in several realms.',
    form,
    ways: [
      {
        id: 'link',
        label: 'One-time link',
        fields: [
          {
            name: 'link',
            label: 'One-time sign-in link',
            type: 'url',
            required: true,
            secret: true,
            help: 'Works once and for a short time. Signs in without the second factor.',
          },
        ],
      },
    ],
  },
  identityOf,
  checkForm,
  begin,
  answer,
  sendAgain,
  abandon,
  check,
  end,
  cannotEnd,
  endStray,
  whoAmI,
  memberships,
  remoteSessions,
  remoteIdOf,
  endRemoteSession,
  endAllSessions,
  people,
  ownLogin,
  recovery,
  whyNot,
  handOver,
  copyables,
  copyText,
};
