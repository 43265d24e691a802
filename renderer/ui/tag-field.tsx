import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import field from './field.module.css';
import style from './tag-field.module.css';

interface Props {
  label: string;
  tags: readonly string[];
  onChange(tags: string[]): void;
  /** Tags that exist already, offered while typing. */
  known?: readonly string[];
  help?: string;
}

/** Words that group things: Enter or a comma adds one, Backspace in the empty field takes the last one back. */
export function TagField({ label, tags, onChange, known = [], help }: Props) {
  const [text, setText] = useState('');
  const id = useId();

  function add(words: string) {
    const fresh = words
      .split(',')
      .map((word) => word.trim().slice(0, 40))
      .filter((word) => word && !tags.includes(word));
    if (fresh.length > 0) onChange([...new Set([...tags, ...fresh])].slice(0, 20));
    setText('');
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if ((event.key === 'Enter' || event.key === ',') && text.trim()) {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && tags.length > 0) {
      onChange(tags.slice(0, -1));
    }
  }

  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {label} <span className={field.optional}>optional</span>
      </label>
      <div className={`${field.box} ${style.box}`}>
        {tags.map((tag) => (
          <span key={tag} className={style.tag}>
            {tag}
            <button
              type="button"
              className={style.remove}
              aria-label={`Remove tag ${tag}`}
              onClick={() => onChange(tags.filter((other) => other !== tag))}
            >
              <X size={12} strokeWidth={2} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          className={`${field.input} ${style.input}`}
          value={text}
          list={`${id}-known`}
          aria-describedby={help ? `${id}-help` : undefined}
          onChange={(event) =>
            event.target.value.includes(',') ? add(event.target.value) : setText(event.target.value)
          }
          onKeyDown={onKeyDown}
          onBlur={() => text.trim() && add(text)}
        />
        <datalist id={`${id}-known`}>
          {known
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </div>
      {help && (
        <span id={`${id}-help`} className={field.help}>
          {help}
        </span>
      )}
    </div>
  );
}
