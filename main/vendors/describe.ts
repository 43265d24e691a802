import type { Ability, Vendor as VendorView } from '#contract/shapes.ts';
import type { Vendor } from './vendor.ts';

/** What the screens know of a vendor: its words and form, and the abilities that its methods amount to. */
export function describeVendor(vendor: Vendor): VendorView {
  const has: Record<Ability, boolean> = {
    'who-am-i': Boolean(vendor.whoAmI),
    realms: Boolean(vendor.memberships),
    // A realm is reached by a switch, or by a new sign-in once it is known which ones there are.
    'switch-realm': Boolean(vendor.switchRealm ?? vendor.memberships ?? vendor.view.otherRealm),
    'remote-sessions': Boolean(vendor.remoteSessions),
    'end-remote-session': Boolean(vendor.endRemoteSession),
    'end-other-sessions': Boolean(vendor.remoteSessions && vendor.endRemoteSession),
    'end-all-sessions': Boolean(vendor.endAllSessions),
    test: true,
    people: Boolean(vendor.people),
    'own-login': Boolean(vendor.ownLogin),
    recovery: Boolean(vendor.recovery),
    why: Boolean(vendor.whyNot),
    'hand-over': Boolean(vendor.handOver),
    copy: Boolean(vendor.copyables),
  };
  return {
    id: vendor.id,
    ...vendor.view,
    abilities: (Object.keys(has) as Ability[]).filter((ability) => has[ability]),
  };
}
