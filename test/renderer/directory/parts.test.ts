import { describe, expect, test } from 'vitest';
import { cropRectangle, moveCrop, wholeSquare } from '../../../renderer/directory/crop.ts';
import { filterRows } from '../../../renderer/directory/find-rows.ts';
import { imageType } from '../../../renderer/directory/image-file.ts';
import { lacking, newPasswordField, valuesToSend } from '../../../renderer/forms/form-values.ts';
import type { Action, FormField } from '../../../renderer/state/types.ts';
import { cellText } from '../../../renderer/ui/cell-text.ts';
import { cellStep } from '../../../renderer/ui/grid-keys.ts';

const field = (name: string, part: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  type: 'text',
  required: true,
  secret: false,
  ...part,
});

describe('cells of vendors', () => {
  test('show moments as people say them, and other texts as they are', () => {
    expect(cellText('2024-03-04')).toBe('2024-03-04');
    expect(cellText('2024-03-04T09:30:00Z')).toMatch(/^4 Mar 2024, \d\d:30$/);
    expect(cellText('\u202Eevil\u0007name')).toBe('evil name');
  });

  test('are found by every word, in any column', () => {
    const rows = [
      { id: '1', cells: { name: 'Olga Petrova', email: 'olga@fjord.example' } },
      { id: '2', cells: { name: 'Olga Berg', email: 'berg@north.example' } },
    ];
    expect(filterRows(rows, 'OLGA fjord').map(({ id }) => id)).toEqual(['1']);
    expect(filterRows(rows, '  ').length).toBe(2);
  });

  test('are read once, and not again for every letter that is typed', () => {
    let reads = 0;
    const rows = Array.from({ length: 2000 }, (_, n) => ({
      id: String(n),
      get cells() {
        reads += 1;
        return { email: `person${String(n)}@customer.example`, name: `Person ${String(n)}` };
      },
    }));
    for (const typed of ['p', 'person', 'person 1999']) filterRows(rows, typed);
    expect(filterRows(rows, 'person 1999').map(({ id }) => id)).toEqual(['1999']);
    expect(reads).toBe(2000);
  });
});

describe('forms of actions', () => {
  const fields = [field('how', { type: 'select' }), field('why', { when: { field: 'how', is: ['other'] } })];

  test('ask only for what the other values call for, and send nothing else', () => {
    expect(lacking(fields, { how: 'usual' })).toEqual({});
    expect(Object.keys(lacking(fields, { how: 'other' }))).toEqual(['why']);
    expect(valuesToSend(fields, { how: 'usual', why: 'left over' })).toEqual({ how: 'usual' });
  });

  test('offer to generate the new password, never the present one', () => {
    const action = (names: string[]): Action => ({
      id: 'a',
      label: 'a',
      danger: false,
      special: 'password',
      fields: names.map((name) => field(name, { type: 'password', secret: true })),
    });
    expect(newPasswordField(action(['password', 'current']))?.name).toBe('password');
    expect(newPasswordField(action(['currentPassword', 'newPassword']))?.name).toBe('newPassword');
    expect(newPasswordField(action(['oldOne', 'freshOne']))?.name).toBe('freshOne');
    expect(newPasswordField(action(['current']))).toBeUndefined();
  });
});

describe('pictures', () => {
  test('are what their first bytes say', () => {
    expect(imageType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(imageType(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('image/png');
    expect(imageType(Uint8Array.of(0, 0, 1, 0, 1))).toBe('image/x-icon');
    expect(imageType(new TextEncoder().encode('<svg xmlns'))).toBeNull();
    expect(imageType(Uint8Array.of(0xff))).toBeNull();
  });

  test('are cut square and the cut never leaves the picture', () => {
    const size = { width: 1280, height: 800 };
    expect(cropRectangle(size, wholeSquare)).toEqual({ left: 240, top: 0, side: 800 });
    let crop = { ...wholeSquare, zoom: 2 };
    for (let turn = 0; turn < 40; turn += 1) crop = moveCrop(size, crop, 0.3, -0.3);
    expect(cropRectangle(size, crop)).toEqual({ left: 880, top: 0, side: 400 });
  });
});

describe('keys of a grid', () => {
  const size = { rows: 100_000, columns: 4, page: 12 };
  const at = { row: 50, column: 1 };

  test('move by cell, by page and to both ends, and never leave it', () => {
    expect(cellStep(at, 'ArrowDown', size)).toEqual({ row: 51, column: 1 });
    expect(cellStep(at, 'PageUp', size)).toEqual({ row: 38, column: 1 });
    expect(cellStep(at, 'End', size)).toEqual({ row: 99_999, column: 1 });
    expect(cellStep({ row: 99_999, column: 3 }, 'PageDown', size)).toEqual({ row: 99_999, column: 3 });
    expect(cellStep(at, 'ArrowRight', size, true)).toEqual({ row: 50, column: 3 });
    expect(cellStep(at, 'x', size)).toBeUndefined();
  });
});
