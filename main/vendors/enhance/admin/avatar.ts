import { fieldError } from '../../kit/fields.ts';

/** bytes; OpenAPI 12.21.3, setLoginAvatar: at most 200 KiB of jpeg, png or ico. */
const mostBytes = 200 * 1024;

const kinds: [type: string, beginning: number[]][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/x-icon', [0x00, 0x00, 0x01, 0x00]],
];

/** The picture, ready to be sent; throws `invalid` (field `image`) for what the panel would not take. */
export function avatarOf(image: Uint8Array | null): Blob {
  if (!image || image.length === 0) throw fieldError('image', 'Choose a picture.');
  if (image.length > mostBytes) {
    const size = Math.ceil(image.length / 1024).toLocaleString('en-GB');
    throw fieldError('image', `This picture has ${size} KiB; the panel takes 200 KiB at most.`);
  }
  const kind = kinds.find(([, beginning]) => beginning.every((byte, index) => image[index] === byte));
  if (!kind) throw fieldError('image', 'This file is no JPEG, PNG or ICO picture, whatever its name says.');
  return new Blob([Uint8Array.from(image)], { type: kind[0] });
}
