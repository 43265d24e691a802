import type { AuthMethod, Role } from './types.ts';

interface SeededOrg {
  name: string;
  parent?: string;
  panelHost?: string;
  suspended?: true;
  subscriptions: number;
  websites: number;
  /** days */
  age: number;
  locale: string;
}

export interface SeededLogin {
  key: string;
  /** The realm (short organisation name) in whose namespace the login lives. */
  realm: string;
  email: string;
  name: string;
  password: string;
  authMethod?: AuthMethod;
  locale?: string;
  /** Short organisation names and the roles there. */
  member: Record<string, Role[]>;
  /** How many sites the person may reach in each of them. */
  sites?: number;
  /** What is special, for people. */
  note: string;
}

/** Which realm answers is decided by the host: 127.0.0.1 is Northwind, localhost (same port) is Reseller EU. */
export const SEEDED_ORGS: Record<string, SeededOrg> = {
  northwind: {
    name: 'Northwind Hosting',
    panelHost: '127.0.0.1',
    subscriptions: 0,
    websites: 3,
    age: 1900,
    locale: 'en-GB',
  },
  'reseller-eu': {
    name: 'Reseller EU',
    parent: 'northwind',
    panelHost: 'localhost',
    subscriptions: 4,
    websites: 2,
    age: 900,
    locale: 'de-DE',
  },
  fjord: {
    name: 'Fjord Web',
    parent: 'northwind',
    panelHost: 'panel.fjordweb.example',
    subscriptions: 2,
    websites: 1,
    age: 620,
    locale: 'nb-NO',
  },
  harbour: {
    name: 'Harbour Bakery',
    parent: 'northwind',
    subscriptions: 1,
    websites: 4,
    age: 410,
    locale: 'en-GB',
  },
  lindqvist: {
    name: 'Lindqvist Legal',
    parent: 'northwind',
    subscriptions: 2,
    websites: 2,
    age: 333,
    locale: 'sv-SE',
  },
  oldmill: {
    name: 'Old Mill Antiques',
    parent: 'northwind',
    suspended: true,
    subscriptions: 1,
    websites: 1,
    age: 800,
    locale: 'en-GB',
  },
  moreau: {
    name: 'Atelier Moreau',
    parent: 'reseller-eu',
    subscriptions: 1,
    websites: 3,
    age: 260,
    locale: 'fr-FR',
  },
  bergamo: {
    name: 'Bergamo Cycles',
    parent: 'reseller-eu',
    subscriptions: 1,
    websites: 1,
    age: 190,
    locale: 'it-IT',
  },
  tromso: {
    name: 'Tromsø Diving',
    parent: 'fjord',
    subscriptions: 1,
    websites: 1,
    age: 120,
    locale: 'nb-NO',
  },
  depot: {
    name: 'Northwind Mail Depot',
    parent: 'northwind',
    subscriptions: 1,
    websites: 0,
    age: 90,
    locale: 'en-GB',
  },
};

export const SEEDED_LOGINS: SeededLogin[] = [
  {
    ...{ key: 'nora', realm: 'northwind', email: 'nora@northwind.example', name: 'Nora Lindholm' },
    ...{ password: 'harbour-lantern-7', member: { northwind: ['Owner'] } },
    note: 'Owner of the master organisation, no second factor, signed in elsewhere too.',
  },
  {
    ...{ key: 'amir', realm: 'northwind', email: 'amir@northwind.example', name: 'Amir Haddad' },
    ...{ password: 'quiet-meadow-21', authMethod: 'email' },
    member: { northwind: ['SuperAdmin'], 'reseller-eu': ['SuperAdmin'] },
    note: 'Administrator with a PIN by e-mail; it arrives in the practice inbox.',
  },
  {
    ...{ key: 'tess', realm: 'northwind', email: 'tess@northwind.example', name: 'Tess Okafor' },
    ...{ password: 'copper-bridge-58', authMethod: 'otp', member: { northwind: ['Sysadmin'] } },
    note: 'System administrator with an authenticator.',
  },
  {
    ...{ key: 'sam', realm: 'northwind', email: 'sam@northwind.example', name: 'Sam Whitlock' },
    ...{ password: 'paper-kite-930', member: { northwind: ['Support'] } },
    note: 'Support only: may create logins and set customers’ passwords, little else.',
  },
  {
    ...{ key: 'petra', realm: 'northwind', email: 'petra@reseller-eu.example', name: 'Petra Vogel' },
    ...{ password: 'silver-orchard-4', locale: 'de-DE', member: { 'reseller-eu': ['Owner'] } },
    note: 'Owner of Reseller EU; found at both hosts, as a direct member of that realm.',
  },
  {
    ...{ key: 'kari', realm: 'northwind', email: 'kari@fjordweb.example', name: 'Kari Nordahl' },
    ...{ password: 'winter-ferry-12', authMethod: 'otp', locale: 'nb-NO', member: { fjord: ['Owner'] } },
    note: 'Owner of Fjord Web, with an authenticator.',
  },
  {
    ...{ key: 'alex', realm: 'northwind', email: 'alex@moreau.example', name: 'Alex Moreau' },
    ...{ password: 'first-avenue-33', member: { harbour: ['Business'] } },
    note: 'The same e-mail address as in Reseller EU: this is the one at Northwind Hosting.',
  },
  {
    ...{ key: 'alex-eu', realm: 'reseller-eu', email: 'alex@moreau.example', name: 'Alex Moreau' },
    ...{ password: 'second-avenue-44', locale: 'fr-FR', member: { moreau: ['Owner'] } },
    note: 'The same e-mail address as at Northwind Hosting: this is the one in Reseller EU.',
  },
  {
    ...{ key: 'ines', realm: 'northwind', email: 'ines@harbourbakery.example', name: 'Ines Duarte' },
    ...{ password: 'rolling-flour-6', locale: 'pt-PT', member: { harbour: ['SiteAccess'] }, sites: 2 },
    note: 'May reach two sites and see nothing else.',
  },
  {
    ...{ key: 'frieda', realm: 'northwind', email: 'frieda@harbourbakery.example', name: 'Frieda Holm' },
    ...{ password: 'early-oven-405', member: { harbour: ['Owner'] } },
    note: 'Owner of a customer organisation.',
  },
  {
    ...{ key: 'otto', realm: 'northwind', email: 'otto@oldmill.example', name: 'Otto Brandt' },
    ...{ password: 'dusty-mirror-77', member: { oldmill: ['Owner'] } },
    note: 'The organisation is suspended: signing in is refused (403).',
  },
  {
    ...{ key: 'bea', realm: 'northwind', email: 'bea@northwind.example', name: 'Bea Nyström' },
    ...{ password: 'locked-gate-15', member: { northwind: ['Business'] } },
    note: 'Blocked by the login policy after too many wrong passwords.',
  },
];

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:152.0) Gecko/20100101 Firefox/152.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.4 Mobile/15E148 Safari/604.1';
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36';

/** Sessions that these people have open on other machines. */
export const SEEDED_ELSEWHERE = [
  { login: 'nora', userAgent: FIREFOX, ipAddr: '203.0.113.24', location: 'Lisbon, Portugal', hoursAgo: 51 },
  { login: 'nora', userAgent: SAFARI, ipAddr: '198.51.100.7', location: 'Oslo, Norway', hoursAgo: 6 },
  {
    login: 'amir',
    userAgent: CHROME,
    ipAddr: '203.0.113.90',
    location: 'Rotterdam, Netherlands',
    hoursAgo: 20,
  },
  { login: 'tess', userAgent: FIREFOX, ipAddr: '198.51.100.61', location: 'Lagos, Nigeria', hoursAgo: 3 },
];
