import { webcrypto } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { describe, expect, test } from 'vitest';
import { isVouchedFor } from '#http/verify-chain.ts';

/* Whom consoles believe beside the authorities of the system; what Node itself says of the same chain stands beside it. */

x509.cryptoProvider.set(webcrypto as Crypto);

const day = 86_400_000;
const host = 'panel.example';

interface Made {
  name: string;
  pem: string;
  keys: CryptoKeyPair;
  key: string;
}

interface Wanted {
  name?: string;
  by?: Made | null;
  ca?: boolean | undefined;
  below?: number;
  hosts?: string[];
  from?: number;
  to?: number;
  keyUsages?: x509.KeyUsageFlags;
  uses?: string[];
  more?: x509.Extension[];
  hash?: string;
  /** Signs with a key that is not the issuer's. */
  forged?: boolean;
  rsa?: number;
}

async function make(wanted: Wanted): Promise<Made> {
  const {
    name = host,
    by = null,
    ca,
    below,
    hosts,
    from = -day,
    to = 9 * day,
    hash = 'SHA-256',
    rsa,
  } = wanted;
  const algorithm = rsa
    ? { name: 'RSASSA-PKCS1-v1_5', hash, modulusLength: rsa, publicExponent: new Uint8Array([1, 0, 1]) }
    : { name: 'ECDSA', namedCurve: 'P-256', hash };
  const newKeys = () =>
    webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
  const keys = await newKeys();
  const signer = wanted.forged ? await newKeys() : (by ?? { keys }).keys;
  const { keyUsages, uses, more = [] } = wanted;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex'),
    subject: `CN=${name}`,
    issuer: `CN=${(by ?? { name }).name}`,
    notBefore: new Date(Date.now() + from),
    notAfter: new Date(Date.now() + to),
    signingAlgorithm: { name: algorithm.name, hash },
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    extensions: [
      ...(ca === undefined ? [] : [new x509.BasicConstraintsExtension(ca, below, true)]),
      ...(keyUsages === undefined ? [] : [new x509.KeyUsagesExtension(keyUsages, true)]),
      ...(uses ? [new x509.ExtendedKeyUsageExtension(uses)] : []),
      ...(hosts ? [new x509.SubjectAlternativeNameExtension(hosts.map(named))] : []),
      ...more,
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    name,
    pem: certificate.toString('pem'),
    keys,
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  };
}

const named = (value: string): x509.JsonGeneralName => ({
  type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns',
  value,
});

const authority = (wanted: Wanted = {}) => make({ name: 'Company root', ca: true, ...wanted });
const server = (by: Made | null, wanted: Wanted = {}) => make({ by, hosts: [host], ...wanted });

/** What Node says of it, which leaves this to OpenSSL. */
async function byNode(hostname: string, chain: Made[], authorities: Made[]): Promise<boolean> {
  const cert = chain.map(({ pem }) => pem).join('\n');
  const listening = createServer({ key: chain[0]!.key, cert }, (socket) => socket.end());
  listening.on('tlsClientError', () => {});
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo;
  const servername = /^[\d.]+$/.test(hostname) ? '' : hostname;
  try {
    return await new Promise((done) => {
      const ca = authorities.map(({ pem }) => pem);
      const socket = connect({ port, host: '127.0.0.1', servername, ca }, () => done(true));
      socket.on('error', () => done(false)).on('secureConnect', () => socket.destroy());
    });
  } finally {
    listening.close();
  }
}

const ours = (hostname: string, chain: Made[], authorities: Made[]) =>
  isVouchedFor({
    hostname,
    chain: chain.map(({ pem }) => pem),
    authorities: authorities.map(({ pem }) => pem),
    now: Date.now(),
  });

interface Case {
  hostname?: string;
  chain: Made[];
  authorities: Made[];
}

const sign = x509.KeyUsageFlags.keyCertSign;
const [serverAuth, clientAuth] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];

describe('is believed', () => {
  test.each<[string, () => Promise<Case>]>([
    [
      'what the authority itself signed',
      async () => {
        const root = await authority();
        return { chain: [await server(root)], authorities: [root] };
      },
    ],
    [
      'what one signed whom the authority signed, in any order, with what has nothing to do with it',
      async () => {
        const root = await authority({ below: 1 });
        const middle = await make({ name: 'Middle', by: root, ca: true, below: 0, keyUsages: sign });
        const other = await authority({ name: 'Other' });
        return { chain: [await server(middle), other, middle, root], authorities: [other, root] };
      },
    ],
    [
      'an address',
      async () => {
        const root = await authority();
        return {
          hostname: '127.0.0.1',
          chain: [await server(root, { hosts: ['127.0.0.1'] })],
          authorities: [root],
        };
      },
    ],
    [
      'a name with a star',
      async () => {
        const root = await authority();
        const leaf = await server(root, { hosts: ['*.panel.example'], uses: [serverAuth!, clientAuth!] });
        return { hostname: 'eu.panel.example', chain: [leaf], authorities: [root] };
      },
    ],
    [
      'RSA of 2048 bits',
      async () => {
        const root = await authority({ rsa: 2048 });
        return { chain: [await server(root, { rsa: 2048 })], authorities: [root] };
      },
    ],
  ])('%s', async (_what, prepare) => {
    const { hostname = host, chain, authorities } = await prepare();
    expect(await ours(hostname, chain, authorities)).toBe(true);
    expect(await byNode(hostname, chain, authorities)).toBe(true);
  });
});

describe('is not believed, by Node neither', () => {
  test.each<[string, () => Promise<Case>]>([
    [
      'another name',
      async () => {
        const root = await authority();
        return { chain: [await server(root, { hosts: ['elsewhere.example'] })], authorities: [root] };
      },
    ],
    [
      'another address',
      async () => {
        const root = await authority();
        return {
          hostname: '127.0.0.1',
          chain: [await server(root, { hosts: ['127.0.0.2', host] })],
          authorities: [root],
        };
      },
    ],
    [
      'one that has expired',
      async () => {
        const root = await authority();
        return { chain: [await server(root, { from: -3 * day, to: -day })], authorities: [root] };
      },
    ],
    [
      'one of tomorrow',
      async () => {
        const root = await authority();
        return { chain: [await server(root, { from: day })], authorities: [root] };
      },
    ],
    [
      'an authority that has expired',
      async () => {
        const root = await authority({ from: -3 * day, to: -day });
        return { chain: [await server(root)], authorities: [root] };
      },
    ],
    [
      'one in between that has expired',
      async () => {
        const root = await authority();
        const middle = await make({ name: 'Middle', by: root, ca: true, from: -3 * day, to: -day });
        return { chain: [await server(middle), middle], authorities: [root] };
      },
    ],
    [
      'another authority of the same name',
      async () => {
        const [root, other] = [await authority(), await authority()];
        return { chain: [await server(other)], authorities: [root] };
      },
    ],
    [
      'a signature that is forged',
      async () => {
        const root = await authority();
        return { chain: [await server(root, { forged: true })], authorities: [root] };
      },
    ],
    [
      'what a server signed',
      async () => {
        const root = await authority();
        const middle = await make({ name: 'Middle', by: root, ca: false, hosts: ['a.example'] });
        return { chain: [await server(middle), middle], authorities: [root] };
      },
    ],
    [
      'what somebody signed who may not sign certificates',
      async () => {
        const root = await authority();
        const keyUsages = x509.KeyUsageFlags.digitalSignature;
        const middle = await make({ name: 'Middle', by: root, ca: true, keyUsages });
        return { chain: [await server(middle), middle], authorities: [root] };
      },
    ],
    [
      'a longer path than the authority allows',
      async () => {
        const root = await authority({ below: 0 });
        const middle = await make({ name: 'Middle', by: root, ca: true });
        return { chain: [await server(middle), middle], authorities: [root] };
      },
    ],
    [
      'a longer path than one in between allows',
      async () => {
        const root = await authority();
        const one = await make({ name: 'One', by: root, ca: true, below: 0 });
        const two = await make({ name: 'Two', by: one, ca: true });
        return { chain: [await server(two), two, one], authorities: [root] };
      },
    ],
    [
      'one that is for something else',
      async () => {
        const root = await authority();
        return { chain: [await server(root, { uses: [clientAuth!] })], authorities: [root] };
      },
    ],
    [
      'one that only names the host as its subject',
      async () => {
        const root = await authority();
        return { chain: [await make({ by: root, hosts: ['elsewhere.example'] })], authorities: [root] };
      },
    ],
    [
      'an extension that nobody knows and that must not be passed over',
      async () => {
        const root = await authority();
        const more = [new x509.Extension('1.2.3.4.5', true, Buffer.from('0500', 'hex'))];
        return { chain: [await server(root, { more })], authorities: [root] };
      },
    ],
    [
      'a self-made one, where there is an authority',
      async () => ({ chain: [await server(null)], authorities: [await authority()] }),
    ],
    [
      'anything, where there is no authority',
      async () => ({ chain: [await server(await authority())], authorities: [] }),
    ],
  ])('%s', async (_what, prepare) => {
    const { hostname = host, chain, authorities } = await prepare();
    expect(await ours(hostname, chain, authorities)).toBe(false);
    expect(await byNode(hostname, chain, authorities)).toBe(false);
  });

  test('an RSA key that is too short', async () => {
    const root = await authority();
    expect(await ours(host, [await server(root, { rsa: 1024 })], [root])).toBe(false);
  });

  test('an old signature (SHA-1)', async () => {
    const root = await authority({ rsa: 2048, hash: 'SHA-1' });
    expect(await ours(host, [await server(root, { rsa: 2048, hash: 'SHA-1' })], [root])).toBe(false);
  });
});

test('an authority that is limited to some names is not believed, as nobody works its limits out here', async () => {
  // permittedSubtrees: dNSName "example"
  const more = [new x509.Extension('2.5.29.30', true, Buffer.from('300da00b3009820765786d706c65', 'hex'))];
  const root = await authority({ more });
  expect(await ours(host, [await server(root)], [root])).toBe(false);
  const free = await authority();
  const middle = await make({ name: 'Middle', by: free, ca: true, more });
  expect(await ours(host, [await server(middle), middle], [free])).toBe(false);
});

test('certificates that sign each other in circles hold up nobody', async () => {
  const root = await authority();
  const circle: Made[] = [];
  const first = await make({ name: 'Round', ca: true });
  for (let at = 0; at < 200; at += 1) {
    const { pem } = await make({ name: 'Round', by: first, ca: true });
    circle.push({ ...first, pem });
  }
  const started = performance.now();
  expect(await ours(host, [await server(first), ...circle], [root])).toBe(false);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('what is no certificate is no reason to believe', async () => {
  const root = await authority();
  const now = Date.now();
  for (const chain of [[], ['']]) {
    expect(await isVouchedFor({ hostname: host, chain, authorities: [root.pem], now })).toBe(false);
  }
});
