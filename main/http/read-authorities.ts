import { X509Certificate } from 'node:crypto';
import { GatehouseError } from '#contract/failure.ts';
import { plainText } from './redact.ts';

export interface Authority {
  /** PEM, this certificate alone. */
  pem: string;
  name: string;
  /** SHA-256, in hex with colons. */
  fingerprint: string;
  /** ms since 1970. */
  expiresAt: number;
}

/** bytes of a file of authorities, and certificates in it: those of a whole system come to less. */
export const longestFile = 512 * 1024;
const mostCertificates = 50;

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

function refuse(message: string, advice: string): never {
  throw new GatehouseError({ kind: 'invalid', message, advice });
}

/**
 * The authorities of a PEM file, each once. Throws `invalid`, and takes none, where one of its certificates can't be read, is no
 * authority's, or is not valid at `now` (ms since 1970).
 */
export function readAuthorities(text: string, now: number): Authority[] {
  if (text.trim() === '') refuse('The file is empty.', 'Choose the file that your company gave you.');
  const blocks = text.match(block) ?? [];
  if (blocks.length === 0) {
    refuse(
      'The file holds no certificate that Gatehouse can read.',
      'It has to be a PEM file: one that has “-----BEGIN CERTIFICATE-----” in it. Others can be converted to it.',
    );
  }
  const begun = text.split('-----BEGIN CERTIFICATE-----').length - 1;
  if (begun !== blocks.length) {
    refuse('A certificate in the file is cut off or damaged, so nothing was added.', 'Get the file anew.');
  }
  if (blocks.length > mostCertificates)
    refuse(
      `The file holds more than ${mostCertificates} certificates.`,
      'Choose one with your company’s alone.',
    );
  const all = blocks.map((pem, at) => authorityIn(pem, at + 1, now));
  return [...new Map(all.map((one) => [one.fingerprint, one])).values()];
}

const certificateOf = (pem: string, place: number): X509Certificate => {
  try {
    return new X509Certificate(pem);
  } catch {
    return refuse(
      `Certificate ${place} of the file is damaged: it can’t be read. Nothing was added.`,
      'Get the file anew.',
    );
  }
};

function authorityIn(pem: string, place: number, now: number): Authority {
  const certificate = certificateOf(pem, place);
  const name = nameIn(certificate.subject);
  if (!certificate.ca) {
    refuse(
      `“${name}” is the certificate of a server or a person, not of an authority. Nothing was added.`,
      'Ask for the certificate of the authority that signed it (a root certificate).',
    );
  }
  const expiresAt = certificate.validToDate.getTime();
  const day = (at: Date) => at.toISOString().slice(0, 10);
  if (expiresAt < now) {
    refuse(
      `“${name}” expired on ${day(certificate.validToDate)}. Nothing was added.`,
      'Check this computer’s date, or ask for the one that is in use now.',
    );
  }
  if (certificate.validFromDate.getTime() > now) {
    refuse(
      `“${name}” is not valid before ${day(certificate.validFromDate)}. Nothing was added.`,
      'Check this computer’s date.',
    );
  }
  return { pem: certificate.toString(), name, fingerprint: certificate.fingerprint256, expiresAt };
}

/** The name by which people know it: CN, else the organisation, else whatever stands first. */
function nameIn(subject: string): string {
  const lines = subject.split('\n');
  const called = (key: string) => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  return plainText(called('CN') ?? called('O') ?? lines[0] ?? '', 120) || 'An authority without a name';
}
