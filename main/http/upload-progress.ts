import { Readable } from 'node:stream';

/** Told how many bytes of how many have been taken for sending. */
export type UploadProgress = (bytes: number, total: number) => void;

/** bytes */
const piece = 16 * 1024;

/** A form as a body that tells how much of it has left, and the headers that belong to it. */
export async function withUploadProgress(form: FormData, sent: UploadProgress) {
  const whole = new Response(form);
  const bytes = Buffer.from(await whole.arrayBuffer());
  return {
    headers: {
      'content-type': whole.headers.get('content-type') ?? 'multipart/form-data',
      'content-length': String(bytes.length),
    },
    body: Readable.from(pieces(bytes, sent)),
  };
}

function* pieces(bytes: Buffer, sent: UploadProgress) {
  for (let at = 0; at < bytes.length; at += piece) {
    yield bytes.subarray(at, at + piece);
    // The next one is asked for when there is room, so that this one is on its way.
    sent(Math.min(at + piece, bytes.length), bytes.length);
  }
}
