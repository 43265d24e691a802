import { randomBytes } from 'node:crypto';
import { Entry } from '@napi-rs/keyring';

/** ms; a keyring that does not answer may wait for a person. The bus library gives it two seconds, so it is asked again. */
const patience = 10 * 60_000;

function ask(): string | null {
  const entry = new Entry('Gatehouse Safe Storage', 'Gatehouse', { linux: { store: 'secret-service' } });
  const key = entry.getPassword();
  if (key) return key;
  entry.setPassword(randomBytes(32).toString('base64'));
  return entry.getPassword();
}

/** Prints the host's key (base64) from the system's keyring; makes it the first time. Run by safe-storage.ts. */
const until = Date.now() + patience;
for (;;) {
  try {
    process.stdout.write(ask() ?? '');
    break;
  } catch (error) {
    if (Date.now() > until || !String(error).includes('Did not receive a reply')) throw error;
  }
}
