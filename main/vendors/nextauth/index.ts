import { GatehouseError } from '#contract/failure.ts';
import { fieldError, requireField } from '../kit/fields.ts';
import { opensNothing } from '../kit/opens-nothing.ts';
import type { Vendor } from '../vendor.ts';
import * as admin from './admin/index.ts';
import { form } from './form.ts';
import { memberships, whoAmI } from './session/identity.ts';
import { check, endSession, endStray } from './session/lifecycle.ts';
import { readSecret } from './session/secret.ts';
import * as signIn from './session/sign-in.ts';
import { readScan } from './session/state.ts';
import { watch } from './session/watch.ts';

const enrol = 'enrol';

/** nextAuth, sign-in by phone. A session is a nonce that a phone approved; there is nothing to type. */
export const nextauth: Vendor = {
  id: 'nextauth',
  view: {
    name: 'nextAuth',
    purpose: 'Sign-in by phone',
    words: { realm: 'server', realms: 'servers', place: 'at the nextAuth server' },
    form,
    ways: [
      {
        id: enrol,
        label: 'Enrol a new phone',
        fields: [
          {
            name: 'userId',
            label: 'User name',
            type: 'text',
            required: true,
            secret: false,
            help: 'Whose phone it is. Once it has scanned the code it is enrolled and signed in here; sign out if it is not yours.',
          },
        ],
      },
    ],
  },

  /** Nobody is named before a phone approves; an id in base64 says nothing to a person. */
  identityOf: ({ baseUrl = '' }) => (URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl),

  checkForm(values) {
    if (/^[A-Za-z0-9+/_-]+={0,2}$/.test((values.serverId ?? '').trim())) return;
    throw fieldError('serverId', 'A server id is base64: letters, digits, “+”, “/” and “=”.');
  },

  async begin(context, way, input) {
    const userId = way === enrol ? requireField(input, 'userId', 'Type whose phone it is.') : null;
    return opensNothing(signIn.begin(context, userId));
  },

  async answer() {
    throw new GatehouseError({
      kind: 'invalid',
      message: 'A nextAuth sign-in is approved on the phone; there is nothing to type.',
    });
  },

  /** A push opens nothing by itself: only an approval does, and that is listened to. */
  push: (context, resume, target) => opensNothing(signIn.push(context, readScan(resume), target)),
  listen: (context, resume, changed) => watch(context, readScan(resume), changed),
  abandon: (context, resume) => endSession(context, readScan(resume)),

  check,
  end: (context, secret) => endSession(context, readSecret(secret)),
  endStray,

  whoAmI,
  memberships,

  ...admin,
};
