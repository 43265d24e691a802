import tls from 'node:tls';

/** PEM of those that come with Node and those of the system; null until the first secure connection. */
let usual: string[] | null = null;
/** PEM of those that the person added. */
let added: string[] = [];

/**
 * Trusts the authorities that the system trusts (a company's own among them), and those that were added, beside those that
 * come with Node, in every connection of this process that is made from then on. Called before the first secure connection,
 * not at the start: reading the system's store takes a tenth of a second. Never throws; where the store can't be read,
 * Node's own remain.
 */
export function trustAuthorities(): void {
  if (usual) return;
  usual = tls.getCACertificates('default');
  try {
    usual = [...new Set([...usual, ...tls.getCACertificates('system')])];
  } catch {
    // As before.
  }
  apply();
}

/** Trusts these (PEM) as well, instead of those that were added before, in every connection that is made from then on. */
export function trustAlso(authorities: string[]): void {
  added = authorities;
  if (usual) apply();
}

function apply(): void {
  tls.setDefaultCACertificates([...(usual ?? []), ...added]);
}
