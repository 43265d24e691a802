import { type ClipboardEvent, useState } from 'react';
import style from './segment-boxes.module.css';

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  /** How many boxes are drawn; more characters than boxes are accepted. */
  boxes: number;
  /** Takes digits only; what else is typed or pasted along is left out. */
  numeric: boolean;
  isDisabled?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** For a row: half as high. */
  small?: boolean;
}

const places = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th', '9th', '10th'];

/** Blanks and hyphens that people copy along with a code. */
const tidy = (text: string): string => text.replace(/[\s\p{Pd}\p{Cf}]/gu, '');

/**
 * Boxes that are one text field: an ordinary input lies over drawn boxes, so paste, autofill, backspace, selection
 * and screen readers work as in any field. A code that is longer than the boxes shows as plain text instead.
 */
export function SegmentBoxes(props: Props) {
  const { label, value, onChange, boxes, numeric, isDisabled, invalid, describedBy, small } = props;
  const [focused, setFocused] = useState(false);
  const [caret, setCaret] = useState<number | null>(null);
  const tooLong = value.length > boxes || boxes < 1 || boxes > places.length;

  const cleaned = (text: string) => (numeric ? text.replace(/\P{Nd}/gu, '') : tidy(text));

  function take(text: string) {
    const next = cleaned(text);
    if (next !== value) onChange(next);
  }

  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = cleaned(event.clipboardData.getData('text'));
    // A whole code replaces what was there, wherever the caret stood.
    if (pasted.length < boxes) return;
    event.preventDefault();
    take(pasted);
  }

  const active = Math.min(caret ?? value.length, boxes - 1);
  return (
    <div className={`${style.boxes} ${tooLong ? style.line : ''} ${small ? style.small : ''}`}>
      {!tooLong &&
        places.slice(0, boxes).map((place, index) => (
          <span
            key={place}
            aria-hidden
            className={`${style.box} ${focused && index === active ? style.active : ''} ${invalid ? style.invalid : ''}`}
          >
            {value[index]}
          </span>
        ))}
      <input
        className={style.input}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="one-time-code"
        inputMode={numeric ? 'numeric' : 'text'}
        autoCapitalize="off"
        spellCheck={false}
        disabled={isDisabled}
        value={value}
        onChange={(event) => take(event.target.value)}
        onPaste={paste}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
      />
    </div>
  );
}
