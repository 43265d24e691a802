import { atRestPromises } from './at-rest.ts';
import { borderPromises } from './border.ts';
import { desktopPromises } from './desktop.ts';
import { filesPromises } from './files.ts';
import { networkPromises } from './network.ts';
import { nextauthPromises } from './nextauth.ts';
import { otherPromises } from './others.ts';
import type { SecurityPromise } from './promise.ts';
import { screenPromises } from './screen.ts';
import { updatesPromises } from './updates.ts';
import { vaultPromises } from './vault.ts';
import { vaultScreensPromises } from './vault-screens.ts';

/** Everything that docs/security.md promises. */
export const promises: SecurityPromise[] = [
  ...vaultPromises,
  ...atRestPromises,
  ...vaultScreensPromises,
  ...borderPromises,
  ...nextauthPromises,
  ...networkPromises,
  ...otherPromises,
  ...desktopPromises,
  ...screenPromises,
  ...filesPromises,
  ...updatesPromises,
];
