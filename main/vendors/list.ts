import type { Vendor } from './vendor.ts';

/** Every vendor that Gatehouse speaks; a new one is one more line here. */
export const vendors: Vendor[] = [];
