import type { Session, Vendor } from '../state/types.ts';
import { IdentitySection } from './identity-section.tsx';
import { MembershipsSection } from './memberships-section.tsx';
import { RemoteSessionsSection } from './remote-sessions-section.tsx';

/** What the vendor tells about an active session; a section for each ability it has. */
export function SessionSections({ session, vendor }: { session: Session; vendor: Vendor }) {
  const can = (ability: Vendor['abilities'][number]) => vendor.abilities.includes(ability);
  return (
    <>
      {can('remote-sessions') && <RemoteSessionsSection session={session} vendor={vendor} />}
      {can('realms') && <MembershipsSection session={session} vendor={vendor} />}
      {can('who-am-i') && <IdentitySection session={session} />}
    </>
  );
}
