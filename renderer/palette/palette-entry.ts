import type { LucideIcon } from 'lucide-react';
import type { Tone } from '../ui/badge.tsx';
import type { MenuEntry } from '../ui/menu.tsx';

export const paletteGroups = ['live', 'accounts', 'people', 'actions', 'settings'] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

/** Keys that run a command of an entry; Enter runs its first. */
export type CommandKeys = 'Enter' | 'Ctrl Enter' | 'Alt Enter';

export interface Command {
  keys: CommandKeys;
  /** What it does, in a word or two: "show", "sign in". */
  label: string;
  run(): void;
}

/** Something that the command palette leads to. */
export interface PaletteEntry {
  id: string;
  group: PaletteGroup;
  title: string;
  detail: string;
  /** At the far end: a state and a time, or the keys that do the same anywhere. */
  end?: string;
  /** An account's colour and label for its avatar with its state's dot, or an icon. */
  avatar?: { label: string; colour: string; tone: Tone };
  icon?: LucideIcon;
  practice?: boolean;
  /** About one account: found after what is about all of them, and only once something is typed. */
  verb?: boolean;
  commands: readonly [Command, ...Command[]];
  /** Everything else that can be done with it, behind Tab. */
  more?(): MenuEntry[];
}

/** The one thing that an entry of no account does. */
export const onEnter = (label: string, run: () => void): readonly [Command] => [
  { keys: 'Enter', label, run },
];
