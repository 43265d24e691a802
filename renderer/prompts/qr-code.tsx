import { create } from 'qrcode';
import { type ReactNode, useMemo } from 'react';
import style from './scan.module.css';

/** Modules of white around the code, as ISO/IEC 18004 asks. */
const quiet = 4;

/** Bytes that the largest code holds with error correction M (ISO/IEC 18004, version 40). */
const most = 2331;

/**
 * The code as one SVG path: a rectangle for each run of dark modules in a row. `size` is in modules, quiet zone included.
 * Null for what no code can hold: nothing, or too much.
 */
export function qrPath(payload: string): { path: string; size: number } | null {
  if (payload === '' || payload.length > most) return null;
  const data = new TextEncoder().encode(payload);
  if (data.length > most) return null;
  const { modules } = create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (!modules.get(y, x)) continue;
      const from = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x += 1;
      path += `M${String(from + quiet)} ${String(y + quiet)}h${String(x - from + 1)}v1h-${String(x - from + 1)}z`;
    }
  }
  return { path, size: modules.size + 2 * quiet };
}

/** A QR code, black on white in both themes and sharp at any size; `instead` says what to do where none can be drawn. */
export function QrCode({ payload, label, instead }: { payload: string; label: string; instead: ReactNode }) {
  const code = useMemo(() => qrPath(payload), [payload]);
  if (!code)
    return (
      <div className={style.noCode}>
        <p className={style.noCodeTitle}>This code can’t be drawn</p>
        <p>{instead}</p>
      </div>
    );
  const { path, size } = code;
  return (
    <svg
      className={style.qr}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
