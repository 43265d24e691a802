import { invalid, unavailable } from './faults.ts';
import type { Medium, User } from './model.ts';
import { numericId, type Place } from './state.ts';

/** `d…@example.org` and `…42`: enough to recognise, not enough to learn. */
export function masked(medium: Medium, address: string): string {
  if (medium === 'sms') return `${'*'.repeat(Math.max(address.length - 2, 0))}${address.slice(-2)}`;
  const [name = '', host = ''] = address.split('@');
  return `${name.slice(0, 1)}${'*'.repeat(Math.max(name.length - 1, 1))}@${host}`;
}

/** How this person can be written to. */
export const mediumsOf = (user: User): Medium[] => (user.phone ? ['email', 'sms'] : ['email']);

/** Phone: the mobile phones of a person, all of them ready for SMS. */
export function phonesOf(place: Place, user: User) {
  return [user.phone, ...user.otherPhones]
    .filter((number) => number !== null)
    .map((number, at) => ({
      id: numericId(place.state.ids, `phone ${user.id} ${number}`),
      name: at === 0 ? 'Mobile phone' : 'Second phone',
      number,
      normalizedNumber: number,
      type: 'mobile',
    }));
}

/** The same as somebody sees them who has not proved to be the person: by their last digits. */
export function maskedPhonesOf(place: Place, user: User) {
  return phonesOf(place, user).map(({ normalizedNumber: _, ...phone }) => ({
    ...phone,
    number: masked('sms', phone.number),
  }));
}

/**
 * The numbers that an SMS goes to: the chosen ones, by id or number, or all. A number can be written with `'` or `number:` in front.
 * Throws 422 `validation`.
 */
export function numbersFor(place: Place, user: User, chosen: string[], field: string): string[] {
  const phones = phonesOf(place, user);
  if (phones.length === 0) throw invalid({ [field]: 'There is no mobile phone that could receive it' });
  if (chosen.length === 0) return phones.map((phone) => phone.normalizedNumber);
  return chosen.map((key) => {
    const number = key.replace(/^(?:number:|')/, '').replace(/'$/, '');
    const phone = phones.find((each) => each.id === key || each.number === number);
    if (!phone) throw invalid({ [field]: 'There is no such mobile phone' });
    return phone.normalizedNumber;
  });
}

/** Writes to a person. Throws 405 where an address stands for a gateway that is down: bounce.example, some numbers. */
export function write(
  { state, network }: Place,
  medium: Medium,
  to: string,
  letter: { subject: string; text: string; code: string },
): void {
  refuseBrokenGateway(medium, to);
  const from = medium === 'email' ? `no-reply@${network.internalName}.example` : network.name;
  state.inbox.send({ medium, to, from, ...letter, vendor: 'cyclos', at: state.clock.now() });
}

/** Numbers that end so are refused by the SMS gateway, each with its reason. */
const refused: [string, string][] = [
  ['000', 'rejected'],
  ['998', 'maxMessagesReached'],
  ['997', 'gatewayUreachable'],
];

/** Throws 405 when an address stands for a gateway that is down. */
export function refuseBrokenGateway(medium: Medium, to: string): void {
  if (medium === 'email' && to.endsWith('@bounce.example')) throw unavailable({ code: 'emailSending' });
  const smsStatus = medium === 'sms' ? refused.find(([end]) => to.endsWith(end))?.[1] : undefined;
  if (smsStatus) throw unavailable({ code: 'smsSending', smsStatus });
}
