import { cellText } from '../people/cell-text.ts';
import type { Session } from '../state/types.ts';
import { Facts } from '../ui/page.tsx';
import { plain } from '../ui/plain.ts';
import { VendorText } from '../ui/vendor-text.tsx';
import { Loaded } from './loaded.tsx';
import { reload, useLoad } from './loads.ts';

/** Who the vendor says this is. */
export function IdentitySection({ session }: { session: Session }) {
  const load = useLoad('sessions.identity', session.id);
  return (
    <Loaded title="Who am I" load={load} onReload={() => void reload('sessions.identity', session.id)}>
      {({ name, detail, facts }) => (
        <Facts
          facts={[
            { label: 'Name', value: <VendorText text={name} /> },
            ...(detail ? [{ label: 'Login', value: <VendorText text={detail} /> }] : []),
            ...facts.map((fact) => ({
              label: plain(fact.label, 40),
              value: <VendorText text={cellText(fact.value)} length={120} />,
            })),
          ]}
        />
      )}
    </Loaded>
  );
}
