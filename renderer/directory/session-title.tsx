import type { Account, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { PageHeader } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** Stands over each page of the directory: the account and the realm that it acts in. */
export function SessionTitle({ account, session }: { account: Account; session: Session }) {
  const where = [session.realm?.name, session.person ?? account.identity]
    .filter((part): part is string => Boolean(part))
    .map((part) => sanitizeText(part, 80));
  return (
    <PageHeader
      oneLine
      lead={<Avatar label={account.label} colour={account.colour} />}
      title={sanitizeText(account.label, 80)}
      subtitle={where.join(' · ')}
    />
  );
}
