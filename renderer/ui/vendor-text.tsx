import { sanitizeText } from './sanitize-text.ts';

interface Props {
  text: string | null | undefined;
  length?: number;
  empty?: string;
  className?: string;
}

/** Text that a vendor sent: cleaned, cut, with the whole of it as title when it was cut. */
export function VendorText({ text, length = 80, empty = '–', className }: Props) {
  const shown = text ? sanitizeText(text, length) : '';
  if (!shown) return <span className={className}>{empty}</span>;
  const whole = sanitizeText(text ?? '', 2000);
  return (
    <bdi className={className} title={whole === shown ? undefined : whole}>
      {shown}
    </bdi>
  );
}
