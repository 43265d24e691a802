import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say, stop } from './lib/run.mjs';
import { signList } from './lib/sign-list.mjs';

/*
 * npm run sign-updates: signs the lists of updates in dist/ with the key in GATEHOUSE_UPDATE_SIGNING_KEY (PEM).
 * npm run sign-updates -- --new-key FILE: makes the pair once; the private half goes into FILE, the public one into assets/.
 */

const publicHalf = join(root, 'assets/update-key.pem');
const [option, file] = process.argv.slice(2);

if (option === '--new-key') makePair();
else if (option) stop(`There is no option ${option}; there is --new-key FILE.`);
else signAll();

function makePair() {
  if (!file) stop('Name the file that is to hold the private key: npm run sign-updates -- --new-key FILE');
  if (existsSync(publicHalf))
    stop(
      'assets/update-key.pem is there already. Installed copies believe that key alone; remove it only if its other half is lost.',
    );
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(publicHalf, publicKey.export({ type: 'spki', format: 'pem' }));
  say(
    `the private key is in ${file}: keep it off this computer; assets/update-key.pem belongs in the repository`,
  );
}

function signAll() {
  const key = process.env.GATEHOUSE_UPDATE_SIGNING_KEY;
  if (!key)
    stop('GATEHOUSE_UPDATE_SIGNING_KEY is not set; it has to hold the private key that signs updates (PEM).');
  if (!existsSync(publicHalf))
    stop('assets/update-key.pem is missing, so no packed copy would believe the signature.');
  const dist = join(root, 'dist');
  const lists = existsSync(dist) ? readdirSync(dist).filter((name) => /^latest.*\.yml$/.test(name)) : [];
  if (lists.length === 0)
    stop('There is no list of updates in dist/; pack the installers first: npm run dist');
  const known = createPublicKey(readFileSync(publicHalf));
  for (const name of lists) {
    const bytes = readFileSync(join(dist, name));
    const signature = signList(name, bytes, key);
    if (
      !verify(null, Buffer.concat([Buffer.from(`${name}\n`), bytes]), known, Buffer.from(signature, 'base64'))
    )
      stop(
        'GATEHOUSE_UPDATE_SIGNING_KEY is not the other half of assets/update-key.pem, so no packed copy would believe it.',
      );
    writeFileSync(join(dist, `${name}.sig`), `${signature}\n`);
    say(`signed ${name}`);
  }
}
