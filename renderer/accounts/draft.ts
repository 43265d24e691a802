import { fieldsShown, fieldValue } from '#contract/form.ts';
import { lacking } from '../people/form-values.ts';
import type { Account, AccountInput, Colour, Failure, Vendor } from '../state/types.ts';
import { own } from '../ui/own.ts';

/** What the account form holds while it is being filled in. */
export type Draft = {
  vendor: string;
  label: string;
  /** Typed values by field name, of every vendor tried so far; a secret that was not touched is not in it. */
  values: Record<string, string>;
  realmId: string;
  realmName: string;
  tags: string[];
  colour: Colour;
};

/** A draft of a new account. */
export const newDraft = (vendor: Vendor): Draft => ({
  vendor: vendor.id,
  label: '',
  values: {},
  realmId: '',
  realmName: '',
  tags: [],
  colour: 'blue',
});

/** A draft that begins with what an account has. */
export const draftOf = (account: Account): Draft => ({
  vendor: account.vendor,
  label: account.label,
  values: { ...account.values },
  realmId: account.realm?.id ?? '',
  realmName: account.realm?.name ?? '',
  tags: [...account.tags],
  colour: account.colour,
});

/** The draft as main takes it. Untouched secrets are left out, so that what is stored stays. */
export function inputOf(draft: Draft, vendor: Vendor): AccountInput {
  const values: Record<string, string> = {};
  for (const field of fieldsShown(vendor.form, draft.values)) {
    const typed = own(draft.values, field.name);
    if (field.secret) {
      if (typed !== undefined) values[field.name] = typed;
    } else {
      const value = fieldValue(field, draft.values);
      values[field.name] = field.type === 'multiline' ? value : value.trim();
    }
  }
  const id = draft.realmId.trim();
  return {
    vendor: draft.vendor,
    label: draft.label,
    values,
    realm: id ? { id, name: draft.realmName.trim() || id } : null,
    tags: draft.tags,
    colour: draft.colour,
  };
}

/** What is missing before main need be asked: field name to sentence. */
export function missing(draft: Draft, vendor: Vendor, stored: readonly string[]): Record<string, string> {
  return {
    ...(draft.label.trim() ? {} : { label: 'Give it a name that your team knows.' }),
    ...lacking(vendor.form, draft.values, stored),
  };
}

/** The sentence of a failure that belongs at a field; main may name a field with or without the `values.` before it. */
export function errorsOf(failure: Failure | null): Record<string, string> {
  const entries = Object.entries(failure?.fields ?? {});
  return Object.fromEntries(entries.map(([name, text]) => [name.replace(/^values\./, ''), text]));
}
