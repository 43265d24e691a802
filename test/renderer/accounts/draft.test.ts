import { describe, expect, test } from 'vitest';
import { fieldsShown } from '#contract/form.ts';
import { draftOf, inputOf, missing, newDraft } from '../../../renderer/accounts/draft.ts';
import { fieldErrors } from '../../../renderer/state/call.ts';
import { account, vendors } from '../fixture/sample.ts';

const vendor = vendors[0]!;
const names = (draft: ReturnType<typeof newDraft>) =>
  fieldsShown(vendor.form, draft.values).map(({ name }) => name);

describe('the account form', () => {
  test('shows a field only while the one that it depends on says so', () => {
    const draft = newDraft(vendor);
    expect(names(draft)).not.toContain('authenticatorSecret');
    expect(names({ ...draft, values: { second: 'stored' } })).toContain('authenticatorSecret');
  });

  test('leaves an untouched secret out, and sends an erased one as empty', () => {
    const draft = draftOf(account('x'));
    expect('password' in inputOf(draft, vendor).values).toBe(false);
    expect(inputOf({ ...draft, values: { ...draft.values, password: '' } }, vendor).values.password).toBe('');
  });

  test('does not send a field that is hidden now', () => {
    const draft = { ...newDraft(vendor), values: { second: 'ask', authenticatorSecret: 'typed before' } };
    expect('authenticatorSecret' in inputOf(draft, vendor).values).toBe(false);
  });

  test('trims what is typed, but never a password', () => {
    const draft = { ...newDraft(vendor), values: { email: ' a@b.c ', password: ' p ' } };
    expect(inputOf(draft, vendor).values).toMatchObject({ email: 'a@b.c', password: ' p ' });
  });

  test('names what is missing, and takes a stored secret for given', () => {
    expect(Object.keys(missing(newDraft(vendor), vendor, [])).toSorted()).toEqual([
      'baseUrl',
      'email',
      'label',
      'password',
    ]);
    expect(missing(draftOf(account('x')), vendor, ['password'])).toEqual({});
  });

  test('puts main’s sentences at the fields', () => {
    const failure = {
      kind: 'invalid' as const,
      message: 'x',
      fields: { 'values.baseUrl': 'Not a URL.', label: 'Long.' },
    };
    expect(fieldErrors(failure)).toEqual({ baseUrl: 'Not a URL.', label: 'Long.' });
  });
});
