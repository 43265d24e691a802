import { Page } from '../ui/page.tsx';
import { AboutSection } from './about-section.tsx';
import { ExpirySection } from './expiry-section.tsx';
import { LockSection } from './lock-section.tsx';
import { NetworkSection } from './network-section.tsx';
import { UpdatesSection } from './updates-section.tsx';
import { VaultSection } from './vault-section.tsx';
import { WindowSection } from './window-section.tsx';

/** Every setting; each takes effect at once. */
export function SettingsPage() {
  return (
    <Page title="Settings" subtitle="Changes take effect at once." narrow>
      <WindowSection />
      <LockSection />
      <VaultSection />
      <NetworkSection />
      <ExpirySection />
      <UpdatesSection />
      <AboutSection />
    </Page>
  );
}
