import { useEffect, useState } from 'react';
import { useApp } from '../state/store.ts';

/** ms in which a keyring that needs nobody answers; until then nothing is said of it, which would only flash. */
const mostAnswer = 500;

/** Whether this computer's keyring is being asked; 'briefly' until that is worth a word. */
export function useKeyringAsked(): false | 'briefly' | 'long' {
  const asked = useApp((app) => app.vault.keyring.available === null);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!asked) return setLong(false);
    const timer = setTimeout(setLong, mostAnswer, true);
    return () => clearTimeout(timer);
  }, [asked]);
  return asked && (long ? 'long' : 'briefly');
}
