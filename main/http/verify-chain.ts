import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** Certificates of one chain that are looked at. */
const longestChain = 10;

const oids = {
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  anyUse: '2.5.29.37.0',
};

/** Extensions whose meaning is known here or by Node; an unknown one that is critical must not be passed over (RFC 5280, 4.2). */
const known: ReadonlySet<string> = new Set([
  oids.basicConstraints,
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.17',
  '2.5.29.31',
  '2.5.29.35',
  '2.5.29.37',
]);

interface Question {
  /** The name or address that the page was asked for. */
  hostname: string;
  /** PEM as the server sent them, its own first. */
  chain: string[];
  /** PEM of the authorities that count. */
  authorities: string[];
  /** ms since 1970 */
  now: number;
}

interface Certificate {
  x509: X509Certificate;
  /** Certificates that may stand between it and the server's; null: it is no authority's, or one that can't be judged here. */
  mostBelow: number | null;
  /** Nothing in it is unknown, and its key and signature are of this time. */
  sound: boolean;
}

/**
 * Whether one of the authorities vouches for a server: for console windows, where Chromium asks what to think of an
 * authority that it does not know. By signatures, names, dates, uses and lengths of paths; an authority that is limited to some
 * names is not believed, as that limit is not worked out here. Never throws.
 */
export async function isVouchedFor({ hostname, chain, authorities, now }: Question): Promise<boolean> {
  try {
    const [leaf, ...between] = await Promise.all(chain.slice(0, longestChain).map((pem) => read(pem)));
    const anchors = await Promise.all(authorities.map((pem) => read(pem, 'anchor')));
    if (!leaf?.sound || !isOf(leaf.x509, hostname) || !isForServers(leaf.x509) || !isValid(leaf, now))
      return false;
    return leads(leaf, between, anchors, now);
  } catch {
    return false;
  }
}

/** Whether an authority signed the leaf, or one who was signed by one; the nearest first, and each certificate once. */
function leads(leaf: Certificate, between: Certificate[], anchors: Certificate[], now: number): boolean {
  const left = new Set(between);
  let reached = [leaf];
  for (let below = 0; reached.length > 0; below += 1) {
    const signs = (by: Certificate, from: Certificate) =>
      by.sound &&
      by.mostBelow !== null &&
      by.mostBelow >= below &&
      isValid(by, now) &&
      from.x509.checkIssued(by.x509) &&
      from.x509.verify(by.x509.publicKey);
    const before = reached;
    if (before.some((from) => anchors.some((by) => signs(by, from)))) return true;
    reached = [...left].filter((by) => before.some((from) => signs(by, from)));
    for (const one of reached) left.delete(one);
  }
  return false;
}

function isOf(certificate: X509Certificate, hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host)
    ? certificate.checkIP(host)
    : certificate.checkHost(host, { subject: 'never', partialWildcards: false });
  return found !== undefined;
}

/** An extended use, where one is named, has to be that of servers. */
function isForServers({ keyUsage }: X509Certificate): boolean {
  const uses: readonly string[] | undefined = keyUsage;
  return uses === undefined || uses.includes(oids.serverAuth) || uses.includes(oids.anyUse);
}

const isValid = ({ x509 }: Certificate, now: number): boolean =>
  x509.validFromDate.getTime() <= now && now <= x509.validToDate.getTime();

/** What an authority that counts signed itself with says nothing. */
async function read(pem: string, anchor?: 'anchor'): Promise<Certificate> {
  const x509 = new X509Certificate(pem);
  // Loaded when it is needed, which is seldom.
  const [{ AsnConvert }, { BasicConstraints, Certificate }] = await Promise.all([
    import('@peculiar/asn1-schema'),
    import('@peculiar/asn1-x509'),
  ]);
  const { extensions = [] } = AsnConvert.parse(x509.raw, Certificate).tbsCertificate;
  const basic = extensions.find(({ extnID }) => extnID === oids.basicConstraints);
  const limits = basic && AsnConvert.parse(basic.extnValue, BasicConstraints);
  const limited = extensions.some(({ extnID }) => extnID === oids.nameConstraints);
  const mostBelow = x509.ca && limits?.cA && !limited ? (limits.pathLenConstraint ?? longestChain) : null;
  const understood = extensions.every(({ extnID, critical }) => !critical || known.has(extnID) || limited);
  return {
    x509,
    mostBelow,
    sound: understood && hasStrongKey(x509) && (anchor !== undefined || isSignedWell(x509)),
  };
}

/** bits of an RSA key; other kinds have no short ones that Node takes. */
const shortestRsa = 2048;

function hasStrongKey({ publicKey }: X509Certificate): boolean {
  const { modulusLength = shortestRsa } = publicKey.asymmetricKeyDetails ?? {};
  return modulusLength >= shortestRsa;
}

const isSignedWell = ({ signatureAlgorithm = '' }: X509Certificate): boolean =>
  !/md5|sha-?1(?!\d)/i.test(signatureAlgorithm);
