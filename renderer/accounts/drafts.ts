import { create } from 'zustand';
import type { Vendor } from '../state/types.ts';
import { ownValue } from '../ui/own-value.ts';
import type { Draft } from './draft.ts';

/** Account forms that were begun and not saved, by what they are about. In the window's memory and nowhere else. */
export const useDrafts = create<Readonly<Record<string, Draft>>>(() => ({}));

export const keepDraft = (key: string, draft: Draft): void => useDrafts.setState({ [key]: draft });

export const dropDraft = (key: string): void => useDrafts.setState(({ [key]: _, ...others }) => others, true);

/** Gatehouse was locked: no secret stays in the window. What is in no field of a vendor's form may be one. */
export function forgetTypedSecrets(vendors: readonly Vendor[]): void {
  const plain: Record<string, boolean> = {};
  for (const { name, secret } of vendors.flatMap(({ form }) => form))
    plain[name] = !secret && ownValue(plain, name) !== false;
  const without = (draft: Draft): Draft => ({
    ...draft,
    values: Object.fromEntries(Object.entries(draft.values).filter(([name]) => ownValue(plain, name))),
  });
  useDrafts.setState(
    (drafts) => Object.fromEntries(Object.entries(drafts).map(([key, draft]) => [key, without(draft)])),
    true,
  );
}
