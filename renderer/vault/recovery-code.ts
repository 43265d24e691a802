import { create } from 'zustand';

/** A code that main has just made, while it is shown; the window keeps it nowhere else. */
export const useShownCode = create<{ code: string | null }>(() => ({ code: null }));

/** Shows a new recovery code over everything, once; null shows nothing. */
export const showCode = (code: string | null): void => useShownCode.setState({ code });

/** The groups in which a code is read and written down. */
export function groupsOf(code: string): string[] {
  const parts = code.split(/[\s-]+/).filter(Boolean);
  return parts.length > 1 ? parts : (code.match(/.{1,4}/g) ?? []);
}

/**
 * A code as it was made, from what someone has read off paper: case, blanks and hyphens don't count, and O, I and L,
 * which no code has, are taken for the digits that they look like.
 */
export function readCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
