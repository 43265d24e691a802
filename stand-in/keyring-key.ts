import { randomBytes } from 'node:crypto';
import { Entry } from '@napi-rs/keyring';

/** Prints the host's key (base64) from the system's keyring; makes it the first time. Run by safe-storage.ts. */
const entry = new Entry('Gatehouse Safe Storage', 'Gatehouse', { linux: { store: 'secret-service' } });
let key = entry.getPassword();
if (!key) {
  entry.setPassword(randomBytes(32).toString('base64'));
  key = entry.getPassword();
}
process.stdout.write(key ?? '');
