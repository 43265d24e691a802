import { crc32, deflateSync } from 'node:zlib';

export const CAPTCHA_LENGTH = 5;

const glyphs: Record<string, string> = {
  0: '01110 10001 10011 10101 11001 10001 01110',
  1: '00100 01100 00100 00100 00100 00100 01110',
  2: '01110 10001 00001 00110 01000 10000 11111',
  3: '11110 00001 00001 01110 00001 00001 11110',
  4: '00010 00110 01010 10010 11111 00010 00010',
  5: '11111 10000 11110 00001 00001 10001 01110',
  6: '00110 01000 10000 11110 10001 10001 01110',
  7: '11111 00001 00010 00100 01000 01000 01000',
  8: '01110 10001 10001 01110 10001 10001 01110',
  9: '01110 10001 10001 01111 00001 00010 01100',
};

/** Draws digits on a wavy line into a greyscale PNG of `width` × `height` pixels. */
export function captchaImage(text: string, width: number, height: number): Buffer {
  const rows: Buffer[] = [];
  const column = width / text.length;
  for (let y = 0; y < height; y += 1) {
    const row = Buffer.alloc(width + 1, 0xf4);
    row[0] = 0;
    for (let x = 0; x < width; x += 1) {
      const wave = Math.sin(x / 17) * height * 0.08;
      const at = Math.floor(x / column);
      const line = Math.floor(((y + wave) / height) * 11 - 2);
      const dot = Math.floor(((x % column) / column) * 7 - 1);
      const inked = glyphs[text[at] ?? '']?.split(' ')[line]?.[dot] === '1';
      const crossed = Math.abs(y - height / 2 - wave * 3) < 1;
      if (inked || crossed) row[x + 1] = 0x22;
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of grey, no interlace.
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
