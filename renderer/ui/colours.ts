import { colourOf } from '#contract/colours.ts';

/** The CSS value of an account's colour; an unknown name falls back to slate. */
export const colourValue = (name: string): string => `var(--colour-${colourOf(name)})`;
