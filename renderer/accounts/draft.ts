import { fieldsShown, fieldValue } from '#contract/form.ts';
import { lacking } from '../forms/form-values.ts';
import type { Account, AccountInput, Colour, FormField, Vendor } from '../state/types.ts';
import { ownValue } from '../ui/own-value.ts';

/** What the account form holds while it is being filled in. */
export interface Draft {
  vendor: string;
  /** null: none was typed, so that it follows from who signs in where. */
  label: string | null;
  /** Typed values by field name, of every vendor tried so far; a secret that was not touched is not in it. */
  values: Record<string, string>;
  realmId: string;
  realmName: string;
  tags: string[];
  colour: Colour;
}

/** A draft of a new account. */
export const newDraft = (vendor: Vendor): Draft => ({
  vendor: vendor.id,
  label: null,
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

/** A draft of another account like this one; its secrets are typed anew. */
export const copyOf = (account: Account): Draft => ({
  ...draftOf(account),
  label: `${account.label} (copy)`.slice(0, mostLabel),
});

const mostLabel = 120;

/** What a field of the form that is shown holds, without blanks around it. */
const typed = (field: FormField, { values }: Draft): string => fieldValue(field, values).trim();

/** The address that the draft leads to; null while it is none. */
function addressOf(draft: Draft, vendor: Vendor): URL | null {
  const field = vendor.form.find(({ type }) => type === 'url');
  const text = field ? typed(field, draft) : '';
  return URL.canParse(text) ? new URL(text) : null;
}

/** The label of the account: the one that was typed, else "kim at panel.example.com"; '' while neither is known. */
export function labelOf(draft: Draft, vendor: Vendor): string {
  if (draft.label !== null) return draft.label;
  const address = addressOf(draft, vendor);
  const person = fieldsShown(vendor.form, draft.values).find(({ identifies }) => identifies === 'person');
  if (!address || (person && !typed(person, draft))) return '';
  const name = person && typed(person, draft).replace(/@.*/, '');
  return (name ? `${name} at ${address.host}` : address.host).slice(0, mostLabel);
}

/** The account that is this one already: the same vendor, address and identity, and not in another realm. */
export function twinOf(
  draft: Draft,
  vendor: Vendor,
  accounts: Iterable<Account>,
  ownId: string | null,
): Account | undefined {
  const address = addressOf(draft, vendor);
  const telling = fieldsShown(vendor.form, draft.values).filter(({ identifies }) => identifies);
  if (!address || telling.length === 0 || telling.some((field) => !typed(field, draft))) return undefined;
  const place = placeOf(address);
  const realm = draft.realmId.trim();
  for (const account of accounts) {
    if (account.id === ownId || account.vendor !== vendor.id) continue;
    if (!URL.canParse(account.baseUrl) || placeOf(new URL(account.baseUrl)) !== place) continue;
    if (realm && account.realm && account.realm.id !== realm) continue;
    const isSame = (field: FormField) => {
      const theirs = ownValue(account.values, field.name) ?? '';
      const ours = typed(field, draft);
      return field.identifies === 'person' ? theirs.toLowerCase() === ours.toLowerCase() : theirs === ours;
    };
    if (telling.every(isSame)) return account;
  }
  return undefined;
}

const placeOf = (url: URL): string => url.origin + url.pathname.replace(/\/+$/, '');

/** Whether something was typed or changed that would be lost. */
export const isChanged = (draft: Draft, first: Draft): boolean =>
  JSON.stringify(told(draft)) !== JSON.stringify(told(first));

const told = ({ vendor: _, values, ...rest }: Draft) => ({
  ...rest,
  values: Object.entries(values).toSorted(([one], [two]) => (one < two ? -1 : 1)),
});

/** The draft as main takes it. Untouched secrets are left out, so that what is stored stays. */
export function inputOf(draft: Draft, vendor: Vendor): AccountInput {
  const values: Record<string, string> = {};
  for (const field of fieldsShown(vendor.form, draft.values)) {
    const typed = ownValue(draft.values, field.name);
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
    label: labelOf(draft, vendor),
    values,
    realm: id ? { id, name: draft.realmName.trim() || id } : null,
    tags: draft.tags,
    colour: draft.colour,
  };
}

/** What is missing before main need be asked: field name to sentence. */
export function missing(draft: Draft, vendor: Vendor, stored: readonly string[]): Record<string, string> {
  return {
    ...(labelOf(draft, vendor).trim() ? {} : { label: 'Give it a name that your team knows.' }),
    ...lacking(vendor.form, draft.values, stored),
  };
}
