import { Delete } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';

/** Buttons that fit side by side. */
const mostInRow = 6;

/** A password that is pressed on the vendor's own buttons; what was pressed is counted and never shown. */
export function KeyboardForm({ prompt, ask, busy, errors, answer }: FormProps<'virtual-keyboard'>) {
  const [pressed, setPressed] = useState<readonly string[]>([]);
  const [lacking, setLacking] = useState(false);
  useEffect(() => {
    if (prompt.failure) setPressed([]);
  }, [prompt.failure]);

  function take(groups: readonly string[]) {
    setPressed(groups);
    setLacking(false);
  }

  const layout = ask.combinations[pressed.length % Math.max(1, ask.combinations.length)] ?? [];
  const said =
    pressed.length === 0 ? 'Nothing pressed yet' : `${formatCount(pressed.length, 'character')} pressed`;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (pressed.length > 0 && !busy) answer({ password: pressed.join('|') });
  }
  function type(event: KeyboardEvent<HTMLFieldSetElement>) {
    const { key, target, currentTarget } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || busy) return;
    // On a button, Enter and the space bar press it.
    const isOnButton = target !== currentTarget;
    if (key === 'Backspace') take(pressed.slice(0, -1));
    else if (key === 'Enter' && !isOnButton) currentTarget.form?.requestSubmit();
    else if ([...key].length !== 1 || (key === ' ' && isOnButton)) return;
    else {
      const group = layout.find((one) => one.includes(key));
      if (group === undefined) setLacking(true);
      else take([...pressed, group]);
    }
    event.preventDefault();
  }
  return (
    <form className={style.form} id="prompt-form" onSubmit={submit}>
      <p className={style.came}>
        {sanitizeText(ask.label, 80)}: type it, or press the button that holds the next character. The buttons
        may change after each press.
      </p>
      <div className={style.pressed}>
        <span className={style.dots} aria-hidden>
          {pressed.length === 0 ? (
            <span className={style.nothing}>Nothing pressed yet</span>
          ) : (
            '•'.repeat(pressed.length)
          )}
        </span>
        <span className="screen-reader-only" role="status">
          {said}
        </span>
        <Button
          size="small"
          variant="quiet"
          icon={Delete}
          isDisabled={busy || pressed.length === 0}
          onPress={() => take(pressed.slice(0, -1))}
        >
          Take back
        </Button>
        <Button
          size="small"
          variant="quiet"
          isDisabled={busy || pressed.length === 0}
          onPress={() => take([])}
        >
          Clear
        </Button>
      </div>
      <fieldset
        className={style.keys}
        aria-label={sanitizeText(ask.label, 80)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of a real keyboard are typed into it
        tabIndex={0}
        disabled={busy}
        onKeyDown={type}
        style={{
          gridTemplateColumns: `repeat(${String(Math.min(mostInRow, Math.max(1, ask.buttonsPerRow)))}, minmax(0, 1fr))`,
        }}
      >
        {layout.map((group, index) => (
          <Button
            // biome-ignore lint/suspicious/noArrayIndexKey: a button keeps its place, and so the focus, while its characters change
            key={index}
            isDisabled={busy}
            aria-label={signs(group).join(' or ')}
            onPress={() => take([...pressed, group])}
          >
            <span className={style.group}>{signs(group).join(' ')}</span>
          </Button>
        ))}
      </fieldset>
      {lacking && (
        <p className={style.error} role="alert">
          No button holds this character.
        </p>
      )}
      {errors.password && <p className={style.error}>{sanitizeText(errors.password, 300)}</p>}
      <PromptActions promptId={prompt.id} main="Sign in" busy={busy} isDisabled={pressed.length === 0} />
    </form>
  );
}

/** The characters of a button, each to be seen. */
const signs = (group: string): string[] => [...group.slice(0, 40)].map((sign) => sanitizeText(sign) || '␣');
