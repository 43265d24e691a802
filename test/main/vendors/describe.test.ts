import { expect, test } from 'vitest';
import { vendor as vendorView } from '#contract/shapes.ts';
import { describeVendor } from '../../../main/vendors/describe.ts';
import { vendors } from '../../../main/vendors/registry.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';

test('every vendor can be shown, and each has an id of its own', () => {
  for (const vendor of vendors) expect(() => vendorView.parse(describeVendor(vendor))).not.toThrow();
  expect(new Set(vendors.map(({ id }) => id)).size).toBe(vendors.length);
});

test('abilities are what the methods amount to', () => {
  const never = async () => {
    throw new Error('not called');
  };
  const plain: Vendor = {
    id: 'plain',
    view: {
      name: 'Plain',
      purpose: 'Tests',
      words: { realm: 'realm', realms: 'realms', place: 'there' },
      form: [],
      ways: [],
    },
    identityOf: () => '',
    begin: never,
    answer: never,
    check: never,
    end: never,
  };
  expect(describeVendor(plain)).toMatchObject({ id: 'plain', name: 'Plain', abilities: ['test'] });
  expect(describeVendor({ ...plain, switchRealm: never, push: never }).abilities).toEqual([
    'switch-realm',
    'test',
  ]);
  expect(describeVendor({ ...plain, remoteSessions: never, endRemoteSession: never }).abilities).toEqual([
    'remote-sessions',
    'end-remote-session',
    'end-other-sessions',
    'test',
  ]);
});
