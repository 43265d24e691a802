import type { LucideIcon } from 'lucide-react';

/** Something that the command palette leads to. */
export interface PaletteEntry {
  id: string;
  title: string;
  detail: string;
  /** An account's colour and label for its avatar, or an icon. */
  avatar?: { label: string; colour: string };
  icon?: LucideIcon;
  practice?: boolean;
  run(): void;
}
