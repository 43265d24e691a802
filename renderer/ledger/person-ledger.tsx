import { BookText } from 'lucide-react';
import { goTo } from '../state/navigation.ts';
import type { PersonPage } from '../state/types.ts';
import { Button } from '../ui/button.tsx';

/** On the page of a person: what was done for them, as the ledger has it. */
export function PersonLedger({ person }: { person: PersonPage | null }) {
  if (!person) return null;
  return (
    <Button
      variant="quiet"
      size="small"
      icon={BookText}
      onPress={() => goTo({ at: 'ledger', person: (person.detail ?? person.name).slice(0, 200) })}
    >
      Ledger of this person
    </Button>
  );
}
