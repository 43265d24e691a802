import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import type * as Electron from 'electron';
import type { CDPSession } from 'playwright';

type Verify = NonNullable<Parameters<Electron.Session['setCertificateVerifyProc']>[0]>;

/**
 * Asks main's certificate verify proc about every certificate that this Chromium objects to (those that it takes itself are not
 * asked about here), and goes on where it says so; `refused` is told Chromium's name for why it does not. `proxyPort`: the relay of this computer that pages go through, if there is one.
 */
export async function watchCertificates(
  cdp: CDPSession,
  verify: () => Verify | null,
  refused: (reason: string) => void,
  proxyPort?: number,
) {
  cdp.on('Security.certificateError', ({ eventId, errorType, requestURL }) => {
    function go(action: 'continue' | 'cancel') {
      if (action === 'cancel') refused(errorType);
      // The page may be gone by now.
      void cdp.send('Security.handleCertificateError', { eventId, action }).catch(() => {});
    }
    const ask = verify();
    if (!ask) {
      go('cancel');
      return;
    }
    const { hostname, port } = new URL(requestURL);
    certificateOf(hostname, Number(port || 443), proxyPort).then(
      (certificate) => {
        const details = { hostname, certificate, validatedCertificate: certificate };
        const verdict = {
          isIssuedByKnownRoot: false,
          verificationResult: `net::${errorType}`,
          errorCode: -202,
        };
        ask({ ...details, ...verdict }, (result) => go(result === 0 ? 'continue' : 'cancel'));
      },
      () => go('cancel'),
    );
  });
  await cdp.send('Security.enable');
  await cdp.send('Security.setOverrideCertificateErrors', { override: true });
}

/** What the server shows, by a connection of the stand-in's own: Chromium doesn't hand it over. */
async function certificateOf(host: string, port: number, proxyPort?: number): Promise<Electron.Certificate> {
  const way = proxyPort === undefined ? null : await tunnel(host, port, proxyPort);
  return new Promise((done, fail) => {
    const where = way ? { socket: way } : { host, port };
    const socket = connect({ ...where, servername: host, rejectUnauthorized: false }, () => {
      const shown = socket.getPeerCertificate(true);
      socket.destroy();
      done(asElectron(shown, new Set()));
    });
    socket.on('error', fail);
  });
}

function tunnel(host: string, port: number, proxyPort: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const path = `${host}:${port}`;
    const asked = request({ host: '127.0.0.1', port: proxyPort, method: 'CONNECT', path, agent: false });
    asked.on('connect', ({ statusCode }, socket: Socket) =>
      statusCode === 200 ? done(socket) : fail(new Error('The way is not open.')),
    );
    asked.on('error', fail).end();
  });
}

function asElectron(shown: DetailedPeerCertificate, seen: Set<string>): Electron.Certificate {
  const { raw, subject, issuer, issuerCertificate } = shown;
  const pem = raw.toString('base64').replace(/.{64}/g, '$&\n');
  seen.add(shown.fingerprint256);
  const more = issuerCertificate && !seen.has(issuerCertificate.fingerprint256);
  const principal = (one: DetailedPeerCertificate['subject']): Electron.CertificatePrincipal => ({
    commonName: String(one.CN ?? ''),
    country: '',
    locality: '',
    organizations: [],
    organizationUnits: [],
    state: '',
  });
  return {
    data: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
    fingerprint: `sha256/${createHash('sha256').update(raw).digest('base64')}`,
    issuer: principal(issuer),
    issuerName: String(issuer.CN ?? ''),
    subject: principal(subject),
    subjectName: String(subject.CN ?? ''),
    serialNumber: shown.serialNumber,
    validStart: Date.parse(shown.valid_from) / 1000,
    validExpiry: Date.parse(shown.valid_to) / 1000,
    ...(more ? { issuerCert: asElectron(issuerCertificate, seen) } : {}),
  } as Electron.Certificate;
}
