import { describe, expect, it } from 'vitest';
import { errorsOf, newDraft } from '../../../renderer/accounts/draft.ts';
import { actorWords } from '../../../renderer/ledger/events.ts';
import { initialValues, lacking, valuesToSend } from '../../../renderer/people/form-values.ts';
import { generatePassword } from '../../../renderer/prompts/generate-password.ts';
import { endingWords } from '../../../renderer/sessions/ending-words.ts';
import { stateWords } from '../../../renderer/sessions/state-words.ts';
import { own } from '../../../renderer/ui/own.ts';
import { plain } from '../../../renderer/ui/plain.ts';
import { fullMoment, moment, momentTitle, shortSpan, span } from '../../../renderer/ui/words.ts';
import { keyringName } from '../../../renderer/vault/keyring-words.ts';
import { session, vendors } from '../fixture/sample.ts';

const now = Date.now();
const noMoments = [1e18, -1e18, 8.64e15 + 1, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY];

describe('a number that is no moment', () => {
  it.each(noMoments)('%d is said as a dash, wherever a time is said', (at) => {
    expect([moment(at, now), momentTitle(at, now), fullMoment(at)]).toEqual(['–', '–', '–']);
    expect([span(at), shortSpan(at)]).toEqual(['–', '–']);
  });

  it.each(noMoments)('an expiry of %d leaves the words of the session whole', (expiresAt) => {
    const strange = session('s', 'a', { expiresAt });
    expect(stateWords(strange, undefined, now).long).toMatch(/^(Active|Expiry due)$/);
    expect(endingWords({ ...strange, state: 'ended' }, now)).toBe(
      'The vendor states no expiry, so nobody can tell when it dies.',
    );
  });

  it('the last moment there is can still be said', () => {
    expect(fullMoment(8.64e15)).toMatch(/275760/);
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

  it.each(names)('%s is found in no table', (name) => {
    expect(own({ ordinary: 'x' }, name)).toBeUndefined();
    expect([actorWords(name), keyringName(name)]).toEqual([name, name]);
  });

  it.each(names)('a field called %s is empty until it is filled, and then has what was typed', (name) => {
    expect(lacking([field(name)], {})).toEqual({ [name]: 'Strange is needed.' });
    expect(valuesToSend([field(name)], {})).toEqual({ [name]: '' });
    expect(valuesToSend([field(name)], { [name]: 'typed' })).toEqual({ [name]: 'typed' });
    expect(own(initialValues([field(name)]), name)).toBe('');
    expect(own(errorsOf({ kind: 'invalid', message: 'no' }), name)).toBeUndefined();
    expect(own(newDraft(vendors[0]!).values, name)).toBeUndefined();
  });
});

describe('a long text', () => {
  it('of ten thousand characters is cut, bidi and zero-width signs are gone', () => {
    const long = `\u202Eevil\u200B${'x'.repeat(10_000)}`;
    const shown = plain(long, 80);
    expect([...shown]).toHaveLength(80);
    expect(shown).toMatch(/^evil x+…$/);
  });

  it('of thirty megabytes is cut without being read whole', () => {
    const huge = '\u200B x'.repeat(10_000_000);
    const began = performance.now();
    expect([...plain(huge, 200)].length).toBeLessThanOrEqual(200);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('that shows nothing in its beginning says that there is more', () => {
    expect(plain('\u200B'.repeat(100_000), 10)).toBe('…');
  });
});

it('a least length that no password has makes no endless password', () => {
  expect(generatePassword({ minLength: 1e12, maxLength: 1e12 })).toHaveLength(256);
});
