/** Bytes; what a vendor takes as an avatar. */
export const largestImage = 200 * 1024;
/** Bytes; a file that is bigger is not even decoded. */
const largestFile = 20 * 1024 * 1024;

const kinds: { type: 'image/jpeg' | 'image/png' | 'image/x-icon'; begins: readonly number[] }[] = [
  { type: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
  { type: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/x-icon', begins: [0x00, 0x00, 0x01, 0x00] },
];

/** The kind of image that the first bytes say, whatever the file is called; null when none that is taken. */
export function imageType(bytes: Uint8Array): (typeof kinds)[number]['type'] | null {
  return kinds.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte))?.type ?? null;
}

/** Opens an image file. Throws an Error with a sentence for people when it is none that can be used. */
export async function openImage(file: File): Promise<ImageBitmap> {
  if (file.size > largestFile) throw new Error('This file is bigger than 20 MB. Choose a smaller picture.');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = imageType(bytes);
  if (!type) throw new Error('This is not a JPEG, PNG or ICO picture, whatever its name says.');
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(new Blob([bytes], { type }));
  } catch {
    throw new Error('The file begins like a picture but can’t be read as one. It may be damaged.');
  }
  if (picture.width * picture.height > 80_000_000)
    throw new Error('The picture has more than 80 million pixels. Make it smaller first.');
  return picture;
}
