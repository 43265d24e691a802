import tls from 'node:tls';

let done = false;

/**
 * Trusts the authorities that the system trusts (a company's own among them) beside those that come with Node, in every
 * connection of this process that is made from then on. Called before the first secure connection, not at the start: reading
 * the system's store takes a tenth of a second. Never throws; where the store can't be read, Node's own remain.
 */
export function trustSystemAuthorities(): void {
  if (done) return;
  done = true;
  try {
    const known = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...new Set([...known, ...tls.getCACertificates('system')])]);
  } catch {
    // As before.
  }
}
