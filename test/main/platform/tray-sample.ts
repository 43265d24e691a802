import type { Account, Session, SessionState } from '#contract/shapes.ts';

export const northwind: Account = {
  id: 'a1',
  vendor: 'enhance',
  label: 'Northwind panel',
  baseUrl: 'https://panel.example/api',
  identity: 'admin@northwind.example',
  values: {},
  storedSecrets: [],
  realm: null,
  tags: [],
  colour: 'teal',
  practice: false,
  createdAt: 0,
};

export function session(id: string, state: SessionState, realm: string | null = null): Session {
  return {
    id,
    accountId: 'a1',
    formerAccount: null,
    vendor: 'enhance',
    realm: realm ? { id: realm, name: realm } : null,
    state,
    method: null,
    person: null,
    startedAt: 0,
    openedAt: 0,
    expiresAt: null,
    checkedAt: null,
    checkFailure: null,
    refusals: [],
    failure: null,
    ending: null,
    endedAt: null,
    endedHow: null,
  };
}

export const active = session('s1', 'active');
