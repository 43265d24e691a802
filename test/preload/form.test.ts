import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { fieldsLacking, fieldsShown, initialValue, isEmail } from '#contract/form.ts';
import type { FormField } from '#contract/shapes.ts';
import { checkBaseUrl } from '#http/base-url.ts';
import { checkForm } from '../../main/accounts/check-form.ts';
import { draftOf, inputOf, missing, newDraft } from '../../renderer/accounts/draft.ts';
import { vendor as panel } from '../main/accounts/book.ts';
import { account, vendors } from '../renderer/fixture/sample.ts';

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  type: 'text',
  required: true,
  secret: false,
  ...more,
});
const options = ['one', 'two'].map((value) => ({ value, label: value }));
const names = (fields: readonly FormField[]) => fields.map(({ name }) => name);

describe('a form means the same to main and to the window', () => {
  test('blanks are nothing, in a secret neither', () => {
    const form = [field('name'), field('password', { type: 'password', secret: true })];
    expect(names(fieldsLacking(form, { name: ' \t', password: '   ' }))).toEqual(['name', 'password']);
    expect(names(fieldsLacking(form, { name: 'x', password: ' x ' }))).toEqual([]);
  });

  test('a stored secret is there until it is erased', () => {
    const form = [field('password', { type: 'password', secret: true })];
    expect(fieldsLacking(form, {}, ['password'])).toEqual([]);
    expect(names(fieldsLacking(form, { password: '' }, ['password']))).toEqual(['password']);
    expect(names(fieldsLacking(form, {}, ['another']))).toEqual(['password']);
    expect(names(fieldsLacking([field('password')], {}, ['password']))).toEqual(['password']);
  });

  test('what hangs on a hidden field, or on none, is hidden', () => {
    const form = [
      field('way', { type: 'select', options }),
      field('second', { when: { field: 'way', is: ['two'] } }),
      field('third', { when: { field: 'second', is: ['x'] } }),
      field('lost', { when: { field: 'nowhere', is: [''] } }),
    ];
    expect(names(fieldsShown(form, { second: 'x' }))).toEqual(['way']);
    expect(names(fieldsShown(form, { way: 'two', second: 'x' }))).toEqual(['way', 'second', 'third']);
  });

  test('only of a needed choice the first option is taken before one is chosen', () => {
    expect(initialValue(field('way', { type: 'select', options }))).toBe('one');
    expect(initialValue(field('way', { type: 'select', options, initial: 'two' }))).toBe('two');
    expect(initialValue(field('way', { type: 'select', options, required: false }))).toBe('');
    expect(initialValue(field('way', { type: 'select' }))).toBe('');
  });

  test('an e-mail address has one @ with something at both sides, and no blank', () => {
    for (const good of ['a@b', 'ada@example.com', 'ädä@exämple.com']) expect(isEmail(good), good).toBe(true);
    for (const bad of ['', 'ada', '@b', 'a@', 'a@b@c', 'a b@c', ' a@b', 'a@b\n']) {
      expect(isEmail(bad), bad).toBe(false);
    }
  });

  test('main lacks exactly what the window lacks, and takes every field that the window sends', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const text = fc.constantFrom('', ' ', 'one', 'two', ' x ');
    const forms = fc.tuple(
      ...ids.map((name, at) =>
        fc
          .record({
            type: fc.constantFrom('text' as const, 'select' as const, 'password' as const),
            required: fc.boolean(),
            initial: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
            when: fc.option(
              fc.record({
                field: fc.constantFrom(...ids.slice(0, at), 'nowhere'),
                is: fc.subarray(['', 'one', 'two']),
              }),
              { nil: undefined },
            ),
          })
          .map(({ initial, when, ...rest }) =>
            field(name, {
              ...rest,
              secret: rest.type === 'password',
              options,
              ...(initial === undefined ? {} : { initial }),
              ...(when ? { when } : {}),
            }),
          ),
      ),
    );
    const typed = fc.dictionary(fc.constantFrom(...ids), text);
    const stored = fc.subarray(ids);
    fc.assert(
      fc.property(forms, typed, stored, fc.boolean(), (form, values, kept, isNew) => {
        const vendor = { ...vendors[0]!, form };
        const secrets = isNew ? [] : kept.filter((name) => form.find((one) => one.name === name)?.secret);
        const draft = { ...(isNew ? newDraft(vendor) : draftOf(account('x'))), label: 'x', values };
        const lacks = Object.keys(missing(draft, vendor, secrets)).sort();
        const before = isNew ? null : { baseUrl: '', storedSecrets: secrets };
        expect(neededBy(form, inputOf(draft, vendor).values, before)).toEqual(lacks);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The fields that main says are needed; throws when it finds anything else wrong but an option that does not exist. */
function neededBy(
  form: FormField[],
  values: Record<string, string>,
  before: { baseUrl: string; storedSecrets: string[] } | null,
): string[] {
  const { checkForm: _, ...plain } = panel;
  try {
    checkForm({ ...plain, view: { ...panel.view, form } }, values, before, checkBaseUrl);
    return [];
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const fields = Object.entries(error.failure.fields ?? {});
    const others = fields.filter(([, why]) => !/ is needed\.$|^Choose one of the options/.test(why));
    expect(others).toEqual([]);
    return fields.flatMap(([name, why]) => (why.endsWith(' is needed.') ? [name] : [])).sort();
  }
}
