import { nullIfRefused } from '../../kit/reads.ts';
import type { VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import { findByEmail, type Login, listAt } from './look-up.ts';
import type { PersonKey, Place } from './person-id.ts';
import { organisationsInReach } from './reach.ts';
import type { Rights } from './rights.ts';

export interface Seen {
  login: Login;
  place: Place;
}

export interface LoginSearch {
  /** Each login once, at the place where it was found first. */
  found: Seen[];
  /** Every realm of the panel was looked through, and the answer is certain. */
  everywhere: boolean;
}

/** More realms, or lists of organisations, than this are not asked. */
const mostPlaces = 12;

/** Lists in which a login of any realm may stand: the realms for the panel's admins, else what the roles reach. */
async function placesFor(context: VendorContext, client: EnhanceClient, rights: Rights) {
  const own: Place = { kind: 'realm', id: context.realm?.id ?? null };
  if (!rights.isMasterAdmin) {
    const organisations = rights.adminOf.map(({ orgId }): Place => ({ kind: 'org', id: orgId }));
    const customers = rights.staffOf.map(({ orgId }): Place => ({ kind: 'customers', id: orgId }));
    return { places: [...organisations, ...customers].slice(0, mostPlaces), all: false };
  }
  // A realm is an organisation with others below it; the panel does not say so in any other way.
  const realms = new Set<string>();
  for await (const { parentId } of organisationsInReach(client, rights)) if (parentId) realms.add(parentId);
  if (own.id) realms.delete(own.id);
  const others = [...realms].map((id): Place => ({ kind: 'realm', id }));
  return { places: [own, ...others].slice(0, mostPlaces), all: others.length < mostPlaces };
}

/** Every login with this e-mail address that the session can see; the same address may be in several realms. */
export async function searchLogins(
  context: VendorContext,
  client: EnhanceClient,
  rights: Rights,
  email: string,
): Promise<LoginSearch> {
  const { places, all } = await placesFor(context, client, rights);
  const looks = await Promise.all(
    places.map(async (place) => ({
      place,
      look: await nullIfRefused(findByEmail(listAt(client, place), email)),
    })),
  );
  const found: Seen[] = [];
  for (const { place, look } of looks) {
    const login = look?.login;
    if (login && !found.some((seen) => seen.login.id === login.id)) found.push({ login, place });
  }
  return { found, everywhere: all && looks.every(({ look }) => look?.sure === true) };
}

/** The login behind a person's id, as the panel has it now; null when no list that is in reach shows it. */
export async function findLogin(
  context: VendorContext,
  client: EnhanceClient,
  rights: Rights,
  key: PersonKey,
): Promise<Seen | null> {
  if (!key.email) return null;
  if (key.place) {
    const look = await nullIfRefused(findByEmail(listAt(client, key.place), key.email));
    if (look?.login?.id === key.loginId) return { login: look.login, place: key.place };
  }
  const { found } = await searchLogins(context, client, rights, key.email);
  return found.find(({ login }) => login.id === key.loginId) ?? null;
}
