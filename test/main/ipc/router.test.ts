import { describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { createRouter, type Handlers } from '../../../main/ipc/router.ts';

function routerWith(handlers: Partial<Handlers>, locked = false) {
  const bugs: string[] = [];
  const route = createRouter({
    handlers: handlers as Handlers,
    locked: () => locked,
    reportBug: (channel) => bugs.push(channel),
  });
  return { route, bugs };
}

describe('router', () => {
  test('refuses channels that are not in the contract, inherited names too', async () => {
    const { route } = routerWith({});
    for (const name of ['nope', 'toString', '__proto__', 7, null]) {
      expect(await route(name, {})).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
    }
  });

  test('refuses input that is not as the contract says, and names the field', async () => {
    let called = 0;
    const { route } = routerWith({
      'sessions.signOut': () => {
        called += 1;
      },
    });
    expect(await route('sessions.signOut', { sessionId: 5 })).toMatchObject({
      ok: false,
      failure: { kind: 'invalid', fields: { sessionId: expect.any(String) } },
    });
    expect(called).toBe(0);
  });

  test('an answer that is not as the contract says never leaves', async () => {
    const { route, bugs } = routerWith({
      'sessions.signOutEverywhere': () =>
        ({ receiptId: 5, secret: 'canary-secret' }) as unknown as { receiptId: string },
    });
    const result = await route('sessions.signOutEverywhere', undefined);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('canary-secret');
    expect(bugs).toEqual(['sessions.signOutEverywhere']);
  });

  test('fields that the contract does not know are cut off the answer', async () => {
    const { route } = routerWith({
      'sessions.signIn': () => ({ sessionId: 's1', openAlready: false, token: 'canary-secret' }),
    });
    const result = await route('sessions.signIn', { accountId: 'a' });
    expect(result).toEqual({ ok: true, value: { sessionId: 's1', openAlready: false } });
  });

  test('while locked only the lock screen’s channels answer', async () => {
    const { route } = routerWith(
      {
        'accounts.remove': () => {},
        'app.active': () => {},
        'vault.recover': () => ({ recoveryCode: 'AAAA-BBBB' }),
        'vault.setRecovery': () => ({ recoveryCode: 'AAAA-BBBB' }),
      },
      true,
    );
    expect(await route('accounts.remove', { id: 'a' })).toMatchObject({ failure: { kind: 'vault-locked' } });
    expect(await route('app.active', undefined)).toMatchObject({ ok: true });
    expect(await route('vault.recover', { code: 'aaaa', next: 'n' })).toMatchObject({ ok: true });
    expect(await route('vault.setRecovery', { passphrase: 'p', on: true })).toMatchObject({
      failure: { kind: 'vault-locked' },
    });
  });

  test('an answer or a failure that comes after the lock says only that it is locked', async () => {
    let locked = false;
    const route = createRouter({
      handlers: {
        'sessions.signIn': () => {
          locked = true;
          return { sessionId: 'canary', openAlready: false };
        },
        'sessions.check': () => {
          locked = true;
          throw new GatehouseError({ kind: 'network', message: 'canary' });
        },
      } as Partial<Handlers> as Handlers,
      locked: () => locked,
      reportBug: () => {},
    });
    for (const [channel, input] of [
      ['sessions.signIn', { accountId: 'a' }],
      ['sessions.check', { sessionId: 's' }],
    ] as const) {
      locked = false;
      const result = await route(channel, input);
      expect(result).toMatchObject({ ok: false, failure: { kind: 'vault-locked' } });
      expect(JSON.stringify(result)).not.toContain('canary');
    }
  });

  test('an expected failure crosses as it is, an unexpected error without its text', async () => {
    const { route, bugs } = routerWith({
      'sessions.check': () => {
        throw new GatehouseError({ kind: 'network', message: 'The server can not be reached.' });
      },
      'sessions.dismiss': () => {
        throw new Error('canary-secret');
      },
    });
    expect(await route('sessions.check', { sessionId: 's' })).toEqual({
      ok: false,
      failure: { kind: 'network', message: 'The server can not be reached.' },
    });
    const bug = await route('sessions.dismiss', { sessionId: 's' });
    expect(bug).toMatchObject({ ok: false, failure: { kind: 'internal' } });
    expect(JSON.stringify(bug)).not.toContain('canary-secret');
    expect(bugs).toEqual(['sessions.dismiss']);
  });
});
