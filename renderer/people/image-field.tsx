import { ImageUp } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useApp } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import style from './actions.module.css';
import { type Crop, cropped, drawCrop, moveCrop, wholeSquare } from './crop.ts';
import { openImage } from './image-file.ts';

type Props = { sessionId: string; busy: boolean; onImage(image: Uint8Array<ArrayBuffer> | null): void };

const previewSide = 192;
const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-0.05, 0],
  ArrowRight: [0.05, 0],
  ArrowUp: [0, -0.05],
  ArrowDown: [0, 0.05],
};

/** Chooses a picture, checks what it really is, and cuts and shrinks it here before anything leaves the computer. */
export function ImageField({ sessionId, busy, onImage }: Props) {
  const chooser = useRef<HTMLInputElement>(null);
  const preview = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [crop, setCrop] = useState<Crop>(wholeSquare);
  const [problem, setProblem] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [size, setSize] = useState<number | null>(null);

  async function open(file: File | undefined) {
    if (!file) return;
    setProblem(null);
    setName(file.name);
    setCrop(wholeSquare);
    onImage(null);
    try {
      setPicture(await openImage(file));
    } catch (error) {
      setPicture(null);
      setProblem(error instanceof Error ? error.message : 'The file could not be read.');
    }
  }

  useEffect(() => {
    if (!picture || !preview.current) return;
    drawCrop(preview.current, picture, crop, previewSide * 2);
    let current = true;
    const timer = window.setTimeout(
      () =>
        cropped(picture, crop).then(
          (bytes) => {
            if (!current) return;
            setSize(bytes.byteLength);
            onImage(bytes);
          },
          (error: unknown) =>
            current && setProblem(error instanceof Error ? error.message : 'It could not be shrunk.'),
        ),
      120,
    );
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [picture, crop, onImage]);

  function drag(event: PointerEvent) {
    if (!picture || event.buttons !== 1) return;
    setCrop(moveCrop(picture, crop, -event.movementX / previewSide, -event.movementY / previewSide));
  }

  function key(event: KeyboardEvent) {
    const by = arrows[event.key];
    if (!by || !picture) return;
    event.preventDefault();
    setCrop(moveCrop(picture, crop, by[0], by[1]));
  }

  return (
    <div className={style.image}>
      <input
        ref={chooser}
        type="file"
        accept=".jpg,.jpeg,.png,.ico,image/jpeg,image/png,image/x-icon"
        className="screen-reader-only"
        aria-label="Picture file"
        tabIndex={-1}
        onChange={(event) => void open(event.target.files?.[0])}
      />
      <div className={style.imageRow}>
        <Button icon={ImageUp} isDisabled={busy} onPress={() => chooser.current?.click()}>
          {picture ? 'Choose another' : 'Choose a picture'}
        </Button>
        <span className={style.secondary}>
          {picture ? plain(name, 60) : 'JPEG, PNG or ICO. It is cut square and shrunk below 200 KiB here.'}
        </span>
      </div>
      {problem && (
        <p className={style.problem} role="alert">
          {problem}
        </p>
      )}
      {picture && (
        <div className={style.cropRow}>
          <canvas
            ref={preview}
            className={style.crop}
            tabIndex={0}
            role="img"
            aria-label="The part of the picture that is used. Arrow keys move it."
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
            onKeyDown={key}
          />
          <div className={style.cropTools}>
            <label className={style.zoom}>
              Zoom
              <input
                type="range"
                min={1}
                max={5}
                step={0.05}
                value={crop.zoom}
                onChange={(event) => setCrop({ ...crop, zoom: Number(event.target.value) })}
              />
            </label>
            <p className={style.secondary}>Drag the picture, or move it with the arrow keys.</p>
            <p className={style.secondary}>
              {String(picture.width)} × {String(picture.height)} becomes 256 × 256
              {size === null ? '' : `, ${(size / 1024).toFixed(0)} KiB`}
            </p>
          </div>
        </div>
      )}
      {busy && <Upload sessionId={sessionId} />}
    </div>
  );
}

/** How much of the picture has left this computer. */
function Upload({ sessionId }: { sessionId: string }) {
  const { sent, total } = useApp((app) => app.uploads[sessionId]) ?? { sent: 0, total: 0 };
  const words =
    total === 0
      ? 'Sending the picture'
      : sent < total
        ? `${kib(sent)} of ${kib(total)} KiB sent`
        : `All ${kib(total)} KiB sent, waiting for the answer`;
  return (
    <div className={style.upload}>
      <ProgressBar label={words} value={total === 0 ? 0 : sent / total} />
      <p className={style.secondary} role="status">
        {words}
      </p>
    </div>
  );
}

const kib = (bytes: number): string => Math.ceil(bytes / 1024).toLocaleString('en-GB');
