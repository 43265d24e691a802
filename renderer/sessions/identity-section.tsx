import type { Identity } from '#contract/shapes.ts';
import type { Session } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { FactList, type ListedFact } from '../ui/fact-list.tsx';
import { ReadSection } from './read-section.tsx';

/** Who the vendor says this is. */
export function IdentitySection({ session }: { session: Session }) {
  const identity = useKeptRead('sessions.identity', { sessionId: session.id });
  return (
    <ReadSection title="Who am I" read={identity}>
      {(value) => <FactList label="Who am I" facts={factsOf(value)} />}
    </ReadSection>
  );
}

/** The vendor's facts under the name; what it tells twice is there once. */
function factsOf({ name, detail, facts }: Identity): ListedFact[] {
  const told = facts.some(({ value }) => value === detail);
  return [
    { label: 'Name', value: name },
    ...(detail && !told ? [{ label: 'Login', value: detail }] : []),
    ...facts,
  ];
}
