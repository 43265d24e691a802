import { create } from 'zustand';

type Later = typeof import('./later.ts');

const useLoaded = create<{ later: Later | null; failed: boolean }>(() => ({ later: null, failed: false }));

/** Reads what the first screen does without, and runs it; to be called once that screen is painted. */
export async function loadLater(): Promise<void> {
  try {
    useLoaded.setState({ later: await import('./later.ts') });
  } catch {
    useLoaded.setState({ failed: true });
  }
}

/**
 * What the first screen does without; null until it is there. Not React's `lazy`, which shows its fallback for a third of a
 * second also where only the first of many parts had to be read. Throws where the file can't be read.
 */
export function useLater(): Later | null {
  if (useLoaded((loaded) => loaded.failed)) throw new Error('A part of the window could not be read.');
  return useLoaded((loaded) => loaded.later);
}

/** True once nothing is left to be read. */
export const useAllLoaded = (): boolean => useLoaded(({ later, failed }) => later !== null || failed);
