/** The colours that an account may have; each is a token `--colour-…` on which white text can be read. */
export const colours = ['slate', 'blue', 'teal', 'green', 'amber', 'rust', 'rose', 'violet'] as const;

const known = new Set<string>(colours);

/** The CSS value of an account's colour; an unknown name falls back to slate. */
export const colourValue = (name: string): string => `var(--colour-${known.has(name) ? name : 'slate'})`;
