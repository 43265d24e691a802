import { useState } from 'react';
import type { Strength } from '../ui/strength.ts';
import { useStrength } from '../ui/use-strength.ts';

/** As short as the vault takes. */
const shortest = 8;
/** As easy to guess as the vault takes. */
const weakest = 3;

export interface NewPassphrase {
  next: string;
  again: string;
  strength: Strength | null;
  /** What is wrong, by field; nothing is said of a field that is still empty. */
  errors: { next?: string; again?: string };
  /** Whether it may be sent. */
  complete: boolean;
  setNext(value: string): void;
  setAgain(value: string): void;
}

/** A new passphrase that is typed twice. */
export function useNewPassphrase(): NewPassphrase {
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  // The vault takes what is typed in one form only (NFKC), so that is what is rated.
  const text = next.normalize('NFKC');
  const strength = useStrength(text);
  const weak = strength !== null && strength.of === text && strength.score < weakest;
  const errors: NewPassphrase['errors'] = {};
  if (next !== '' && [...text].length < shortest) errors.next = `Use at least ${shortest} characters.`;
  else if (weak) errors.next = 'This passphrase is too easy to guess.';
  if (again !== '' && again !== next) errors.again = 'The two are not the same.';
  return {
    next,
    again,
    strength,
    errors,
    complete: again === next && errors.next === undefined && strength?.of === text,
    setNext,
    setAgain,
  };
}
