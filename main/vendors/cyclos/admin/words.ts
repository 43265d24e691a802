import { lookUp } from '#lib/look-up.ts';
import { mediumWords } from '../medium.ts';

/** Cyclos's statuses in words; an unknown one stays as the server spells it. */

const userStatuses: Record<string, string> = {
  active: 'active',
  blocked: 'blocked',
  disabled: 'disabled',
  pending: 'pending',
  purged: 'purged',
  removed: 'removed',
};

const passwordStatuses: Record<string, string> = {
  active: 'active',
  disabled: 'disabled',
  expired: 'expired',
  indefinitelyBlocked: 'blocked until unblocked',
  neverCreated: 'never created',
  pending: 'allowed, not made yet',
  reset: 'reset, no new one set',
  temporarilyBlocked: 'blocked for a while',
};

const authenticatorStatuses: Record<string, string> = {
  active: 'active',
  pending: 'being set up',
  neverCreated: 'not set up',
};

export const authenticatorWords = (status: string | undefined) =>
  lookUp(authenticatorStatuses, status) ?? status ?? 'not told';

const identityLinkStatuses: Record<string, string> = {
  disabled: 'switched off',
  linked: 'linked',
  notLinked: 'not linked',
};

export const identityLinkWords = (status: string | undefined) =>
  lookUp(identityLinkStatuses, status) ?? status ?? '';

export const userStatusWords = (status: string | undefined) => lookUp(userStatuses, status) ?? status ?? '';

export const userStatusOption = (value: string) => ({
  value,
  label: userStatusWords(value).replace(/^./, (first) => first.toUpperCase()),
});
export const statusOptions = Object.keys(userStatuses).map(userStatusOption);

export const roleOptions = [
  { value: 'administrator', label: 'Administrator' },
  { value: 'broker', label: 'Broker' },
  { value: 'member', label: 'Member' },
  { value: 'operator', label: 'Operator' },
];

export const passwordStatusWords = (status: string | undefined) =>
  lookUp(passwordStatuses, status) ?? status ?? '';

export const mediumOptions = (mediums: string[]) =>
  mediums.map((value) => ({ value, label: mediumWords(value).replace(/^e/, 'E') }));
