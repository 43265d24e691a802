import type { Account, Vendor } from '../state/types.ts';
import { Facts } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { VendorText } from '../ui/vendor-text.tsx';

/** An account with no session: what is stored, so that one knows before signing in. */
export function SignedOut({ account, vendor }: { account: Account; vendor: Vendor | undefined }) {
  const realm = sanitizeText(vendor?.words.realm ?? 'realm', 40);
  const secrets = (vendor?.form ?? []).filter(({ name }) => account.storedSecrets.includes(name));
  return (
    <Facts
      facts={[
        { label: 'State', value: 'Signed out' },
        { label: 'Address', value: <VendorText text={account.baseUrl} length={120} /> },
        ...(account.realm
          ? [
              {
                label: realm.charAt(0).toUpperCase() + realm.slice(1),
                value: <VendorText text={account.realm.name} />,
              },
            ]
          : []),
        {
          label: 'Stored, encrypted',
          value:
            secrets.length > 0
              ? secrets.map(({ label }) => sanitizeText(label, 40)).join(', ')
              : 'Nothing secret',
        },
      ]}
    />
  );
}
