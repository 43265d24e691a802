import { createPrivateKey, sign } from 'node:crypto';

/**
 * The signature of a list of updates (Ed25519, base64), over its name and its bytes: a list of one system is none of another.
 * @param {string} name `latest-linux.yml`
 * @param {Buffer} bytes
 * @param {string} key the private key, PEM
 */
export function signList(name, bytes, key) {
  return sign(null, Buffer.concat([Buffer.from(`${name}\n`), bytes]), createPrivateKey(key)).toString(
    'base64',
  );
}
