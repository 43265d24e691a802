import { LogOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { act } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import type { TrayItem } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { plain } from '../ui/plain.ts';
import style from './top-bar.module.css';

const asEntry = (item: TrayItem): MenuEntry =>
  item.kind === 'action'
    ? {
        kind: 'action',
        id: item.id,
        label: plain(item.label),
        disabled: !item.enabled,
        run: () => void act('tray.choose', { id: item.id }),
      }
    : item.kind === 'note'
      ? { kind: 'note', label: plain(item.label) }
      : item;

/** The tray's own menu, inside the window. Read when it opens and again while sessions change. */
export function SignOutMenu() {
  const [open, setOpen] = useState(false);
  const [items, setItems] = useState<readonly TrayItem[] | null>(null);
  const sessions = useApp((app) => (open ? app.sessions : null));

  useEffect(() => {
    if (!sessions) return;
    let current = true;
    void act('tray.menu').then((menu) => {
      if (current) setItems(menu ?? []);
    });
    return () => {
      current = false;
    };
  }, [sessions]);

  return (
    <Menu
      label="Sign out"
      entries={items?.map(asEntry) ?? [{ kind: 'note', label: 'Reading the menu…' }]}
      onOpenChange={setOpen}
    >
      <Button icon={LogOut} aria-label="Sign out…">
        <span className={style.word}>Sign out…</span>
      </Button>
    </Menu>
  );
}
