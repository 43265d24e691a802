import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Channel, channels } from '#contract/channels.ts';

/** Every property name that an answer of this channel may have, at any depth. */
function namesIn(channel: Channel): Set<string> {
  const names = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'properties') for (const name of Object.keys(value)) names.add(name);
      walk(value);
    }
  };
  walk(z.toJSONSchema(channels[channel].output, { unrepresentable: 'any', io: 'output' }));
  return names;
}

test('a recovery code is the only secret that an answer has a place for, and only where one is made', () => {
  /** They say that there is a secret, or until when it is good, and hold none. */
  const harmless = new Set([
    'keyring',
    'secret',
    'storedSecrets',
    'hasPassphrase',
    'hasRecovery',
    'tokenValidUntil',
    'vendorCode',
  ]);
  const found = Object.keys(channels).flatMap((channel) =>
    [...namesIn(channel as Channel)]
      .filter((name) => /secret|pass(word|phrase)|token|key|code|pin$|recovery/i.test(name))
      .filter((name) => !harmless.has(name))
      .map((name) => `${channel}: ${name}`),
  );
  expect(found).toEqual([
    'vault.create: recoveryCode',
    'vault.setPassphrase: recoveryCode',
    'vault.recover: recoveryCode',
    'vault.setRecovery: recoveryCode',
  ]);
});
