import type { Vendor } from '../../../main/vendors/vendor.ts';

export const killPassphrase = 'correct horse battery';

const never = (): never => {
  throw new Error('Nobody signs in here.');
};

export const killVendor: Vendor = {
  id: 'panel',
  view: {
    name: 'Panel',
    purpose: 'hosting',
    words: { realm: 'realm', realms: 'realms', place: 'there' },
    ways: [],
    form: [
      { name: 'baseUrl', label: 'Address', type: 'url', required: true, secret: false },
      { name: 'password', label: 'Password', type: 'password', required: true, secret: true },
    ],
  },
  identityOf: () => 'somebody',
  begin: never,
  answer: never,
  check: never,
  end: never,
};
