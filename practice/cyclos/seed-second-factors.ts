import type { Network } from './model.ts';
import { type Add, DAY } from './seed-user.ts';
import { type CyclosState, numericId } from './state.ts';

/** Where trusted devices are, on the same server. */
export const DEVICE_PAGE = '/__practice/device';

/** People who give a second credential after their password; devices and authenticators are not in 4.11. */
export function addSecondFactors(state: CyclosState, add: Add): void {
  const withPassword = (passwordType: string) => ({ credentials: ['password' as const], passwordType });
  const active = (value: string) => ({ value, status: 'active' as const });
  add(
    'left-coast',
    'Secondary password',
    'Then the secondary password 4711; three wrong tries block it for good.',
    {
      username: 'pia',
      name: 'Pia Pin',
      password: 'Second-2026',
      second: withPassword('pin'),
      more: { pin: active('4711') },
    },
  );
  add('left-coast', 'One-time password', 'Then a one-time password by e-mail or SMS: see the inbox.', {
    username: 'otto',
    name: 'Otto Otp',
    password: 'Second-2026',
    phone: '+15550100103',
    second: withPassword('otp'),
  });
  add('left-coast', 'One-time password, two phones', 'An SMS goes to both phones, unless one is chosen.', {
    username: 'theo',
    name: 'Theo Twophones',
    password: 'Second-2026',
    phone: '+15550100111',
    otherPhones: ['+15550100112'],
    second: withPassword('otp'),
  });
  add('left-coast', 'One-time password, SMS fails', 'The SMS gateway refuses this number; e-mail works.', {
    username: 'silke',
    name: 'Silke Silent',
    password: 'Second-2026',
    phone: '+15550100000',
    second: withPassword('otp'),
  });
  add('left-coast', 'One-time password, too many SMS', 'Has had all the SMS she may have; e-mail works.', {
    username: 'stella',
    name: 'Stella Spent',
    password: 'Second-2026',
    phone: '+15550100998',
    second: withPassword('otp'),
  });
  add('left-coast', 'Virtual keyboard', 'Then 2580 on buttons that move after each try.', {
    username: 'kira',
    name: 'Kira Keypad',
    password: 'Second-2026',
    second: withPassword('keypad'),
    more: { keypad: active('2580') },
  });
  add(
    'left-coast',
    'No usable second factor',
    'The secondary password was never created: sign-in is refused.',
    {
      username: 'nora',
      name: 'Nora Nosecond',
      password: 'Second-2026',
      second: withPassword('pin'),
    },
  );
  // 4.11 knows no authenticator.
  if (state.generation === '4.11') return;
  const totp = (name: string) =>
    ({
      secret: state.ids.authenticatorSecret(`cyclos/${name}`),
      status: 'active',
      tries: 0,
      activatedAt: state.clock.now() - DAY,
    }) as const;
  const phone = (owner: string, name: string) => ({
    id: numericId(state.ids, `device ${owner}`),
    name,
    active: true,
    date: state.clock.now() - DAY,
    secret: state.ids.authenticatorSecret(`cyclos/device ${owner}`),
  });
  add('left-coast', 'Authenticator', 'Then a code of the authenticator app.', {
    username: 'tara',
    name: 'Tara Totp',
    password: 'Second-2026',
    second: { credentials: ['totp'], passwordType: null },
    totp: { ...totp('tara') },
    devices: [phone('tara', 'Tara’s phone')],
  });
  add('left-coast', 'Secondary password or authenticator', 'Then either 4711 or a code of the app.', {
    username: 'bella',
    name: 'Bella Both',
    password: 'Second-2026',
    second: { credentials: ['password', 'totp'], passwordType: 'pin' },
    more: { pin: active('4711') },
    totp: { ...totp('bella') },
  });
  add('left-coast', 'Trusted device', `Then an approval by her phone, which is the page ${DEVICE_PAGE}.`, {
    username: 'dora',
    name: 'Dora Device',
    password: 'Second-2026',
    second: { credentials: ['device'], passwordType: null },
    devices: [phone('dora', 'Dora’s phone')],
  });
  add('left-coast', 'Secondary password or trusted device', 'Then either 4711 or an approval by the phone.', {
    username: 'pablo',
    name: 'Pablo Phone',
    password: 'Second-2026',
    second: { credentials: ['password', 'device'], passwordType: 'pin' },
    more: { pin: active('4711') },
    devices: [phone('pablo', 'Pablo’s phone')],
  });
}

/** People whose transaction password is made by the server. */
export function addGenerated(add: Add): void {
  add(
    'left-coast',
    'Generated password, not allowed yet',
    'Waits for leave to make a transaction password.',
    {
      username: 'gina',
      name: 'Gina Generated',
      password: 'Member-2026',
      more: { transaction: { value: '', status: 'neverCreated' } },
    },
  );
  add('left-coast', 'Generated password', 'Has a transaction password, which the server makes.', {
    username: 'greta',
    name: 'Greta Generated',
    password: 'Member-2026',
    more: { transaction: { value: 'Made-42-up', status: 'active' } },
  });
}

/** People as Harbour ID knows them: linked, known by the e-mail, unknown, and without an e-mail. 4.11 has no such thing. */
export function addIdentities(state: CyclosState, network: Network, add: Add): void {
  if (state.generation === '4.11') return;
  const [harbourId, guildPass] = network.identityProviders;
  const identity = (subject: string, name: string, email: string | null) => ({ subject, name, email });
  const ida = identity('h-1001', 'Ida Identity', 'ida@elsewhere.example');
  harbourId!.identities.push(
    ida,
    identity('h-1002', 'Mona Member', 'mona@left-coast.example'),
    identity('h-1003', 'Pia Pin', 'pia@left-coast.example'),
    identity('h-1004', 'Una Unknown', 'una@elsewhere.example'),
    identity('h-1005', 'Nemo Nomail', null),
  );
  guildPass!.identities.push(
    identity('g-1', 'Ida Identity', 'ida@left-coast.example'),
    identity('g-2', 'Una Unknown', 'una@elsewhere.example'),
  );
  const link = (provider: string, linked: typeof ida | null) => ({
    id: numericId(state.ids, `identity link ${provider}`),
    provider,
    identity: linked,
    at: state.clock.now() - DAY,
  });
  add('left-coast', 'Identity provider', 'Signs in by Harbour ID; Guild Pass is switched off for her.', {
    username: 'ida',
    name: 'Ida Identity',
    password: 'Member-2026',
    identityLinks: [link('harbourid', ida), link('guildpass', null)],
  });
}
