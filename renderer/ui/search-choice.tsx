import { ChevronsUpDown } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import {
  Button as AriaButton,
  ComboBox,
  Group,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from 'react-aria-components';
import { asFailure } from '../state/call.ts';
import style from './field.module.css';
import { FieldFrame } from './field.tsx';
import menu from './menu.module.css';
import { sanitizeText } from './sanitize-text.ts';
import own from './search-choice.module.css';

export interface Found {
  id: string;
  name: string;
  detail?: string | undefined;
}

interface Props {
  label: string;
  /** Only for screen readers: it stands in a line with others. */
  hideLabel?: boolean;
  placeholder?: string;
  value: Found | null;
  onChange(found: Found | null): void;
  /** Finds them; ''  is everything worth offering before a word is typed. */
  find(text: string): Promise<readonly Found[]>;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
}

const settle = 180; // ms
/** The mark by which the library spares an element. */
const sparedMark = 'data-react-aria-top-layer';

/** What was found for `asked`, and a sentence for where nothing is; null asks for nothing. */
function useFound(asked: string | null, find: Props['find']): { items: readonly Found[]; state: string } {
  const [items, setItems] = useState<readonly Found[]>([]);
  const [state, setState] = useState('Searching…');
  const latest = useRef(find);
  latest.current = find;
  useEffect(() => {
    if (asked === null) return;
    let current = true;
    setState('Searching…');
    const timer = window.setTimeout(
      () =>
        latest.current(asked).then(
          (found) => {
            if (!current) return;
            setItems(found);
            setState('None has these words.');
          },
          (failed: unknown) => {
            if (!current) return;
            setItems([]);
            setState(sanitizeText(asFailure(failed).message, 200));
          },
        ),
      asked === '' ? 0 : settle,
    );
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [asked]);
  return { items, state };
}

/**
 * The library hides all but the field and its list while the list is open, as if it were a dialog; the page behind it
 * can still be reached, so it stays. Returns what to call when the list opens and closes.
 */
function useKeptPage(input: RefObject<HTMLElement | null>): (open: boolean) => void {
  const spared = useRef<Element | null>(null);
  useEffect(() => () => spared.current?.removeAttribute(sparedMark), []);
  return (open) => {
    spared.current?.removeAttribute(sparedMark);
    spared.current = open ? (input.current?.closest('body > *') ?? null) : null;
    spared.current?.setAttribute(sparedMark, '');
  };
}

/** One of many that are found by typing. */
export function SearchChoice({
  label,
  hideLabel = false,
  placeholder = 'Type to search',
  value,
  onChange,
  find,
  help,
  error,
  optional,
}: Props) {
  const [text, setText] = useState(value ? sanitizeText(value.name, 80) : '');
  const [asked, setAsked] = useState<string | null>(null);
  const { items, state } = useFound(asked, find);
  const input = useRef<HTMLInputElement>(null);
  const keepPage = useKeptPage(input);

  function choose(key: unknown) {
    const found = items.find(({ id }) => id === key);
    if (!found) return;
    setText(sanitizeText(found.name, 80));
    onChange(found);
  }

  const frame = (
    <Group className={`${style.box} ${hideLabel ? own.compact : ''}`} isInvalid={Boolean(error)}>
      <Input ref={input} className={style.input ?? ''} placeholder={placeholder} />
      <AriaButton className={own.open ?? ''}>
        <ChevronsUpDown size={16} strokeWidth={1.75} aria-hidden />
      </AriaButton>
    </Group>
  );
  return (
    <ComboBox
      className={style.field ?? ''}
      {...(hideLabel ? { 'aria-label': label } : {})}
      items={items}
      inputValue={text}
      selectedKey={value?.id ?? null}
      onSelectionChange={choose}
      onInputChange={(next) => {
        setText(next);
        setAsked(value && next === sanitizeText(value.name, 80) ? '' : next);
        if (next === '' && value) onChange(null);
      }}
      onOpenChange={(open) => {
        keepPage(open);
        if (open && asked === null) setAsked('');
        // Leaving without a choice leaves what was chosen.
        if (!open && value && text !== '') setText(sanitizeText(value.name, 80));
      }}
      menuTrigger="focus"
      allowsEmptyCollection
      defaultFilter={() => true}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      {hideLabel ? (
        frame
      ) : (
        <FieldFrame label={label} optional={optional} help={help} error={error}>
          {frame}
        </FieldFrame>
      )}
      <Popover className={menu.popover ?? ''} offset={4}>
        {/* Outside of the page's landmarks otherwise. */}
        <section aria-label={`Found: ${label}`}>
          <ListBox
            className={`${menu.menu} ${own.list}`}
            renderEmptyState={() => <p className={own.none}>{state}</p>}
          >
            {(found: Found) => (
              <ListBoxItem id={found.id} textValue={sanitizeText(found.name, 80)} className={menu.item ?? ''}>
                <span className={menu.text}>{sanitizeText(found.name, 80)}</span>
                {found.detail && <span className={own.detail}>{sanitizeText(found.detail, 60)}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  );
}
