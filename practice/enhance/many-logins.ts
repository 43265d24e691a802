import type { EnhanceState } from './state.ts';
import type { Login } from './types.ts';

const FIRST = [
  'Ada',
  'Bram',
  'Chidi',
  'Dalia',
  'Elif',
  'Farah',
  'Goran',
  'Hana',
  'Ivo',
  'Jun',
  'Kofi',
  'Lena',
  'Mila',
];
const LAST = [
  'Abara',
  'Berg',
  'Costa',
  'Dahl',
  'Eriksen',
  'Fontaine',
  'Grau',
  'Haas',
  'Ito',
  'Jansen',
  'Keller',
];
const MINUTE = 60_000;

/**
 * Adds `count` logins (person000001@depot.example …) to the master realm, all members of one customer
 * organisation. Their password is `depot-` and the six digits.
 */
export function addManyLogins(state: EnhanceState, count: number): void {
  const depot = state.options.ids.uuid('org/depot');
  const tail = state.options.ids.uuid('many').slice(9, 24);
  const start = state.now();
  for (let index = 1; index <= count; index += 1) {
    const digits = String(index).padStart(6, '0');
    const hex = index.toString(16).padStart(12, '0');
    const login: Login = {
      id: `a0000000-${tail}${hex}`,
      realmId: state.masterId,
      email: `person${digits}@depot.example`,
      // 7919 is prime to the lists' lengths: neighbours get different names, the same ones in every run.
      name: `${FIRST[(index * 7919) % FIRST.length]} ${LAST[(index * 104_729) % LAST.length]}`,
      password: `depot-${digits}`,
      colorCode: '#5b7083',
      registeredAt: start - ((index * 7919) % 500_000) * MINUTE,
      passwordChangedAt: null,
      authMethod: 'basic',
      totpSecret: null,
      locale: 'en',
      avatar: null,
    };
    state.book.add(login);
    state.book.addMember({
      id: `b0000000-${tail}${hex}`,
      ...{ loginId: login.id, orgId: depot, isActive: true, joinedAt: login.registeredAt },
      roles: ['SiteAccess'],
      siteAccesses: [],
      notifications: [],
    });
  }
}
