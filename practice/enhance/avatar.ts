/** At most 200 KiB (OpenAPI 12.21.3, setLoginAvatar). */
export const MOST_AVATAR_BYTES = 200 * 1024;

const KINDS: [type: string, magic: number[]][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/x-icon', [0x00, 0x00, 0x01, 0x00]],
];

/** The picture's type by its first bytes; null when it is none that the vendor takes. */
export function avatarType(bytes: Buffer): string | null {
  return KINDS.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))?.[0] ?? null;
}
