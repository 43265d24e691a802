import { act } from '../state/call.ts';
import type { Settings } from '../state/types.ts';

/** Asks main to change settings, which then tells the window of them; a failure becomes a toast. */
export const changeSettings = async (patch: Partial<Settings>): Promise<void> => {
  await act('settings.change', patch);
};
