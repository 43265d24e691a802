/** The colours that an account may have; each is a token `--colour-…` on which white text can be read. */
export const colours = ['slate', 'blue', 'teal', 'green', 'amber', 'rust', 'rose', 'violet'] as const;
export type Colour = (typeof colours)[number];

const known: ReadonlySet<string> = new Set(colours);

/** The colour of this name; slate for what is none, as another version or a changed file may have it. */
export const colourOf = (name: string): Colour => (known.has(name) ? (name as Colour) : 'slate');
