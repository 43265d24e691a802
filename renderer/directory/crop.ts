import { largestImage } from './image-file.ts';

/** A square of the picture: its centre from 0 to 1 and how far it is zoomed in (1: the largest square that fits). */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

export const wholeSquare: Crop = { x: 0.5, y: 0.5, zoom: 1 };

interface Size {
  width: number;
  height: number;
}

/** The square in the picture's own pixels, kept inside of it. */
export function cropRectangle({ width, height }: Size, { x, y, zoom }: Crop) {
  const side = Math.min(width, height) / Math.max(1, zoom);
  const within = (centre: number, length: number) =>
    Math.min(Math.max(centre * length - side / 2, 0), length - side);
  return { left: within(x, width), top: within(y, height), side };
}

/** The crop moved by a part of its own side, so that dragging feels the same at every zoom. */
export function moveCrop(size: Size, crop: Crop, byX: number, byY: number): Crop {
  const { left, top, side } = cropRectangle(size, crop);
  const centre = (from: number, by: number, length: number) =>
    Math.min(Math.max((from + side / 2 + by * side) / length, side / 2 / length), 1 - side / 2 / length);
  return { ...crop, x: centre(left, byX, size.width), y: centre(top, byY, size.height) };
}

const side = 256;

/** Draws the crop, `pixels` wide and high. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop, pixels: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  canvas.width = pixels;
  canvas.height = pixels;
  context.imageSmoothingQuality = 'high';
  const from = cropRectangle(picture, crop);
  context.drawImage(picture, from.left, from.top, from.side, from.side, 0, 0, pixels, pixels);
}

/** The crop as a PNG of 256 × 256, or as a JPEG as good as fits into 200 KiB. */
export async function cropped(picture: ImageBitmap, crop: Crop): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  drawCrop(canvas, picture, crop, side);
  for (const [type, quality] of [['image/png'], ['image/jpeg', 0.92], ['image/jpeg', 0.75]] as const) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
    if (blob && blob.size <= largestImage) return new Uint8Array(await blob.arrayBuffer());
  }
  throw new Error('The picture could not be made smaller than 200 KiB.');
}
