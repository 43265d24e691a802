import { readFileSync } from 'node:fs';
import { offer } from './offer.ts';

/** An opaque holder of an image's bytes: the stand-in draws no image itself. */
export interface HeldImage {
  readonly source: string;
  isEmpty(): boolean;
  toPNG(): Buffer;
  toDataURL(): string;
  setTemplateImage(template: boolean): void;
  resize(): HeldImage;
  addRepresentation(): void;
}

function hold(bytes: Buffer, source: string): HeldImage {
  const image: HeldImage = {
    source,
    isEmpty: () => bytes.length === 0,
    toPNG: () => bytes,
    toDataURL: () => `data:image/png;base64,${bytes.toString('base64')}`,
    setTemplateImage: () => {},
    resize: () => image,
    addRepresentation: () => {},
  };
  return offer('nativeImage instance', image);
}

export const nativeImage = offer('nativeImage', {
  createEmpty: () => hold(Buffer.alloc(0), ''),
  createFromBuffer: (bytes: Buffer) => hold(bytes, ''),
  createFromDataURL: (url: string) => hold(Buffer.from(url.split(',')[1] ?? '', 'base64'), ''),
  /** As Electron: an image that can't be read is empty. */
  createFromPath(path: string) {
    try {
      return hold(readFileSync(path), path);
    } catch {
      return hold(Buffer.alloc(0), path);
    }
  },
});
