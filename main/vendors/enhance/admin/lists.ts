import { GatehouseError } from '#contract/failure.ts';
import { sameText } from '../words.ts';

/** A list of the panel's settings, which it gives and takes as a whole. */
export interface List {
  read(): Promise<string[]>;
  write(entries: string[]): Promise<void>;
}

export const isListed = (entries: string[], entry: string) => entries.some((one) => sameText(one, entry));

/** Puts an entry on a list, or takes it off. Read just before and again afterwards: the panel's word wins, and `conflict` is thrown. */
export async function changeList(list: List, entry: string, wanted: boolean): Promise<void> {
  const before = await list.read();
  if (isListed(before, entry) === wanted) return;
  await list.write(wanted ? [...before, entry] : before.filter((one) => !sameText(one, entry)));
  if (isListed(await list.read(), entry) === wanted) return;
  throw new GatehouseError({
    kind: 'conflict',
    message: 'Somebody else changed this list of the panel at the same moment, and theirs is what holds now.',
    advice: 'Look at it again, then repeat what you did if it is still due.',
  });
}
