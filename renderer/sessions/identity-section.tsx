import type { Session } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { cellText } from '../ui/cell-text.ts';
import { Facts } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { VendorText } from '../ui/vendor-text.tsx';
import { ReadSection } from './read-section.tsx';

/** Who the vendor says this is. */
export function IdentitySection({ session }: { session: Session }) {
  const identity = useKeptRead('sessions.identity', { sessionId: session.id });
  return (
    <ReadSection title="Who am I" read={identity}>
      {({ name, detail, facts }) => (
        <Facts
          facts={[
            { label: 'Name', value: <VendorText text={name} /> },
            ...(detail ? [{ label: 'Login', value: <VendorText text={detail} /> }] : []),
            ...facts.map((fact) => ({
              label: sanitizeText(fact.label, 40),
              value: <VendorText text={cellText(fact.value)} length={120} />,
            })),
          ]}
        />
      )}
    </ReadSection>
  );
}
