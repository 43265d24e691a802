import { expect, test } from 'vitest';
import { networkAddress } from '../../../../main/vendors/cyclos/session/network.ts';

const own = 'https://pay.example/left-coast/api';

test('a network with an address of its own is reached there, on the same server only', () => {
  const at = (id: string) => networkAddress(own, { id, name: 'Harbour' });
  expect(at('https://pay.example/harbour/api/')).toBe('https://pay.example/harbour/api');
  expect(at('left-coast')).toBe(own);
  for (const elsewhere of ['https://evil.example/harbour/api', 'http://pay.example/harbour/api']) {
    expect(() => at(elsewhere)).toThrow();
  }
});
