import { describe, expect, test } from 'vitest';
import { newDraft } from '../../../renderer/accounts/draft.ts';
import { initialValues, lacking, valuesToSend } from '../../../renderer/forms/form-values.ts';
import { generatePassword } from '../../../renderer/forms/generate-password.ts';
import { actorName } from '../../../renderer/ledger/ledger-events.ts';
import { endingText } from '../../../renderer/sessions/ending-text.ts';
import { sessionStatus } from '../../../renderer/sessions/session-status.ts';
import { fieldErrors } from '../../../renderer/state/call.ts';
import {
  formatDuration,
  formatFullTime,
  formatShortDuration,
  formatTime,
  formatTimeTitle,
} from '../../../renderer/ui/format.ts';
import { ownValue } from '../../../renderer/ui/own-value.ts';
import { sanitizeText } from '../../../renderer/ui/sanitize-text.ts';
import { keyringName } from '../../../renderer/vault/keyring-name.ts';
import { session, vendors } from '../fixture/sample.ts';

const now = Date.now();
const noMoments = [1e18, -1e18, 8.64e15 + 1, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY];

describe('a number that is no moment', () => {
  test.each(noMoments)('%d is said as a dash, wherever a time is said', (at) => {
    expect([formatTime(at, now), formatTimeTitle(at, now), formatFullTime(at)]).toEqual(['–', '–', '–']);
    expect([formatDuration(at), formatShortDuration(at)]).toEqual(['–', '–']);
  });

  test.each(noMoments)('an expiry of %d leaves the words of the session whole', (expiresAt) => {
    const strange = session('s', 'a', { expiresAt });
    expect(sessionStatus(strange, undefined, now).long).toMatch(/^(Active|Expiry due)$/);
    expect(endingText({ ...strange, state: 'ended' }, now)).toBe(
      'The vendor states no expiry, so nobody can tell when it runs out.',
    );
  });

  test('the last moment there is can still be said', () => {
    expect(formatFullTime(8.64e15)).toMatch(/275760/);
  });
});

describe('a name that every object knows', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
  const field = (name: string) => ({
    name,
    label: 'Strange',
    type: 'text' as const,
    required: true,
    secret: false,
  });

  test.each(names)('%s is found in no table', (name) => {
    expect(ownValue({ ordinary: 'x' }, name)).toBeUndefined();
    expect([actorName(name), keyringName(name)]).toEqual([name, name]);
  });

  test.each(names)('a field called %s is empty until it is filled, and then has what was typed', (name) => {
    expect(lacking([field(name)], {})).toEqual({ [name]: 'Strange is needed.' });
    expect(valuesToSend([field(name)], {})).toEqual({ [name]: '' });
    expect(valuesToSend([field(name)], { [name]: 'typed' })).toEqual({ [name]: 'typed' });
    expect(ownValue(initialValues([field(name)]), name)).toBe('');
    expect(ownValue(fieldErrors({ kind: 'invalid', message: 'no' }), name)).toBeUndefined();
    expect(ownValue(newDraft(vendors[0]!).values, name)).toBeUndefined();
  });
});

describe('a long text', () => {
  test('of ten thousand characters is cut, bidi and zero-width signs are gone', () => {
    const long = `\u202Eevil\u200B${'x'.repeat(10_000)}`;
    const shown = sanitizeText(long, 80);
    expect([...shown]).toHaveLength(80);
    expect(shown).toMatch(/^evil x+…$/);
  });

  test('of thirty megabytes is cut without being read whole', () => {
    const huge = '\u200B x'.repeat(10_000_000);
    const began = performance.now();
    expect([...sanitizeText(huge, 200)].length).toBeLessThanOrEqual(200);
    expect(performance.now() - began).toBeLessThan(500);
  });

  test('that shows nothing in its beginning says that there is more', () => {
    expect(sanitizeText('\u200B'.repeat(100_000), 10)).toBe('…');
  });
});

test('a least length that no password has makes no endless password', () => {
  expect(generatePassword({ minLength: 1e12, maxLength: 1e12 })).toHaveLength(256);
});
