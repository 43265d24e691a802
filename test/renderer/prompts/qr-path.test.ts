import jsQR from 'jsqr';
import { expect, test } from 'vitest';
import { qrPath } from '../../../renderer/prompts/qr-code.tsx';

/** Paints the path's rectangles, 4 pixels a module. */
function paint({ path, size }: NonNullable<ReturnType<typeof qrPath>>): {
  data: Uint8ClampedArray;
  width: number;
} {
  const width = size * 4;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * 4; row < Number(y) * 4 + 4; row += 1)
      for (let column = Number(x) * 4; column < (Number(x) + Number(run)) * 4; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  }
  return { data, width };
}

test.each(['a', 'nextauth://login?nonce=ü+/=&x=1', 'x'.repeat(900)])(
  'what is drawn reads back as %.30j',
  (payload) => {
    const { data, width } = paint(qrPath(payload)!);
    expect(jsQR(data, width, width)?.data).toBe(payload);
  },
);

test('four modules of white lie around the code', () => {
  const { path, size } = qrPath('quiet')!;
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    expect(Number(x)).toBeGreaterThanOrEqual(4);
    expect(Number(y)).toBeGreaterThanOrEqual(4);
    expect(Number(x) + Number(run)).toBeLessThanOrEqual(size - 4);
    expect(Number(y)).toBeLessThan(size - 4);
  }
});

test.each([
  ['nothing', ''],
  ['one byte too much', 'x'.repeat(2332)],
  ['3,000 bytes', 'x'.repeat(3000)],
  ['letters of two bytes', 'ü'.repeat(1166)],
  ['a megabyte', 'x'.repeat(1_000_000)],
])('%s is no code', (_, payload) => {
  expect(qrPath(payload)).toBeNull();
});

test('the most that a code can hold is drawn', () => {
  expect(qrPath('x'.repeat(2331))?.size).toBe(177 + 8);
});
