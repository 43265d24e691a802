import { cyclos } from './cyclos/index.ts';
import { enhance } from './enhance/index.ts';
import { koyeb } from './koyeb/index.ts';
import { nextauth } from './nextauth/index.ts';
import type { Vendor } from './vendor.ts';

/** Every vendor that Gatehouse speaks; a new one is one more line here. */
export const vendors: Vendor[] = [enhance, cyclos, nextauth, koyeb];
