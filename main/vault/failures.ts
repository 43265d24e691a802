import { GatehouseError } from '#contract/failure.ts';

export function vaultLocked(): GatehouseError {
  return new GatehouseError({
    kind: 'vault-locked',
    message: 'The vault is locked, so its secrets are out of reach.',
    advice: 'Unlock the vault and try again.',
  });
}

export function lockedMeanwhile(advice?: string): GatehouseError {
  const message = 'The vault was locked again in the meantime.';
  return new GatehouseError({ kind: 'cancelled', message, ...(advice ? { advice } : {}) });
}

export function noVault(): GatehouseError {
  return new GatehouseError({
    kind: 'vault-locked',
    message: 'There is no vault yet, so no secret can be stored or read.',
    advice: 'Set up the vault first.',
  });
}

export function alreadyThere(): GatehouseError {
  return new GatehouseError({
    kind: 'conflict',
    message: 'There is a vault already.',
    advice: 'Unlock it instead.',
  });
}

export function passphraseNeeded(): GatehouseError {
  const message = 'Type the passphrase of the vault.';
  return new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}

export function noPassphrase(): GatehouseError {
  const message = 'This vault has no passphrase; the keyring opens it.';
  return new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}

export function noRecovery(): GatehouseError {
  return new GatehouseError({
    kind: 'not-found',
    message: 'This vault has no recovery code.',
    advice: 'Only the passphrase opens it.',
  });
}

export function damaged(recordId: string, field: string): GatehouseError {
  return new GatehouseError({
    kind: 'vault-broken',
    message: `The stored secret “${field}” of record ${recordId} is damaged and can’t be read.`,
    advice: 'It is kept as it is. Enter this secret again, or put a backup of the data folder in its place.',
    fields: { [field]: 'What is stored here is damaged; enter it again.' },
  });
}

export function elsewhere(field: string, sealedFor: string, asked: string): GatehouseError {
  const where = sealedFor === asked ? '' : ` It was stored for ${sealedFor}, not for ${asked}.`;
  return new GatehouseError({
    kind: 'vault-broken',
    message: `The address or the account that this secret belongs to was changed outside Gatehouse, so it is not used.${where}`,
    advice: 'Nothing was sent. Look at the address; if it is right, enter the secret again.',
    fields: { [field]: 'This was stored for another address; enter it again if the address is right.' },
  });
}
