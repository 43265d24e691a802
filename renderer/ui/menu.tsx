import type { LucideIcon } from 'lucide-react';
import type { ReactElement, RefObject } from 'react';
import {
  Menu as AriaMenu,
  Header,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import style from './menu.module.css';

export type MenuEntry =
  | {
      kind: 'action';
      id: string;
      label: string;
      icon?: LucideIcon;
      danger?: boolean;
      disabled?: boolean;
      keys?: string;
      run(): void;
    }
  | { kind: 'note'; label: string }
  | { kind: 'separator' };

interface ListProps {
  label: string;
  entries: readonly MenuEntry[];
}

function MenuList({ label, entries }: ListProps) {
  return (
    <AriaMenu aria-label={label} className={style.menu ?? ''}>
      {entries.map((entry, index) => {
        if (entry.kind === 'separator')
          return <Separator key={`line-${String(index)}`} className={style.separator ?? ''} />;
        if (entry.kind === 'note')
          return (
            <MenuSection key={`note-${entry.label}`} aria-label={entry.label}>
              <Header className={style.note ?? ''}>{entry.label}</Header>
            </MenuSection>
          );
        const Icon = entry.icon;
        return (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            isDisabled={entry.disabled ?? false}
            onAction={entry.run}
            className={`${style.item} ${entry.danger ? style.danger : ''}`}
          >
            {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
            <span className={style.text}>{entry.label}</span>
            {entry.keys && <span className={style.keys}>{entry.keys}</span>}
          </MenuItem>
        );
      })}
    </AriaMenu>
  );
}

type MenuProps = ListProps & {
  /** The button that opens it. */
  children: ReactElement;
  onOpenChange?: (open: boolean) => void;
  /** px that it is high at most; it scrolls then. */
  height?: number;
};

/** A button with a menu. */
export function Menu({ children, label, entries, onOpenChange, height }: MenuProps) {
  return (
    <MenuTrigger {...(onOpenChange ? { onOpenChange } : {})}>
      {children}
      <Popover
        className={style.popover ?? ''}
        placement="bottom end"
        offset={4}
        {...(height === undefined ? {} : { maxHeight: height })}
      >
        <MenuList label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

type ContextProps = ListProps & { at: RefObject<Element | null>; onClose(): void };

/** A menu that opens at an element without a trigger of its own (right click, Shift+F10). */
export function ContextMenu({ at, label, entries, onClose }: ContextProps) {
  return (
    <Popover
      isOpen
      triggerRef={at}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={style.popover ?? ''}
      placement="bottom start"
      aria-label={label}
    >
      <MenuList
        label={label}
        entries={entries.map((entry) =>
          entry.kind === 'action'
            ? {
                ...entry,
                run: () => {
                  onClose();
                  entry.run();
                },
              }
            : entry,
        )}
      />
    </Popover>
  );
}
