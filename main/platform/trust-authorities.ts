import type { Certificate, Session } from 'electron';
import { isVouchedFor } from '#http/verify-chain.ts';

/** Chromium's words for: as you think yourself, it is right, it is wrong. */
const verdicts = { yours: -3, right: 0, wrong: -2 } as const;

/**
 * Trusts these authorities (PEM) in a session's pages as well. Chromium judges every certificate as ever; only where it does not
 * know the authority is the chain looked at again.
 */
export function trustAuthorities(session: Session, authorities: string[]): void {
  if (authorities.length === 0) {
    session.setCertificateVerifyProc(null);
    return;
  }
  session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, answer) => {
    if (verificationResult !== 'net::ERR_CERT_AUTHORITY_INVALID') {
      answer(verdicts.yours);
      return;
    }
    const question = { hostname, chain: chainOf(certificate), authorities, now: Date.now() };
    isVouchedFor(question).then(
      (vouched) => answer(vouched ? verdicts.right : verdicts.yours),
      () => answer(verdicts.wrong),
    );
  });
}

/** PEM of a certificate and of those that came with it. */
function chainOf(certificate: Certificate): string[] {
  const chain: string[] = [];
  for (let one: Certificate | undefined = certificate; one && chain.length < 10; one = one.issuerCert)
    chain.push(one.data);
  return chain;
}
