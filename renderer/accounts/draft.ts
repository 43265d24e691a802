import type { Account, AccountInput, FormField, Vendor } from '../state/types.ts';
import { ownValue } from '../ui/own-value.ts';

/** What the account form holds while it is being filled in. */
export interface Draft {
  vendor: string;
  label: string;
  /** Typed values by field name, of every vendor tried so far; a secret that was not touched is not in it. */
  values: Record<string, string>;
  realmId: string;
  realmName: string;
  tags: string[];
  colour: string;
}

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

/** A field's value as the form shows it. */
export const fieldValue = (draft: Draft, field: FormField): string =>
  ownValue(draft.values, field.name) ??
  field.initial ??
  (field.type === 'select' ? (field.options?.[0]?.value ?? '') : '');

/** The fields that the draft's other values call for, in the vendor's order. */
export function fieldsInUse(form: readonly FormField[], draft: Draft): FormField[] {
  const byName = new Map(form.map((field) => [field.name, field]));
  return form.filter((field) => {
    if (!field.when) return true;
    const other = byName.get(field.when.field);
    return other !== undefined && field.when.is.includes(fieldValue(draft, other));
  });
}

/** The draft as main takes it. Untouched secrets are left out, so that what is stored stays. */
export function inputOf(draft: Draft, vendor: Vendor): AccountInput {
  const values: Record<string, string> = {};
  for (const field of fieldsInUse(vendor.form, draft)) {
    const typed = ownValue(draft.values, field.name);
    if (field.secret) {
      if (typed !== undefined) values[field.name] = typed;
    } else
      values[field.name] =
        field.type === 'multiline' ? fieldValue(draft, field) : fieldValue(draft, field).trim();
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
  const errors: Record<string, string> = {};
  if (!draft.label.trim()) errors.label = 'Give it a name that your team knows.';
  for (const field of fieldsInUse(vendor.form, draft)) {
    const has = field.secret
      ? ownValue(draft.values, field.name) ||
        (ownValue(draft.values, field.name) === undefined && stored.includes(field.name))
      : fieldValue(draft, field).trim();
    if (field.required && !has) errors[field.name] = `${field.label} is needed.`;
  }
  return errors;
}
