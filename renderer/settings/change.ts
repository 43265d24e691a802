import { act } from '../state/call.ts';
import { useStore } from '../state/store.ts';
import type { Settings } from '../state/types.ts';

/** Changes settings and shows them as main has taken them; a failure becomes a toast and nothing changes. */
export async function changeSettings(patch: Partial<Settings>): Promise<void> {
  const settings = await act('settings.change', patch);
  if (settings) useStore.setState(({ app }) => ({ app: app && { ...app, settings } }));
}
