import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Access } from '../../../main/vendors/cyclos/api/access.ts';
import { cyclosClient } from '../../../main/vendors/cyclos/api/client.ts';
import { cyclos } from '../../../main/vendors/cyclos/index.ts';
import { enhanceClient } from '../../../main/vendors/enhance/api/client.ts';
import { enhance } from '../../../main/vendors/enhance/index.ts';
import { koyeb } from '../../../main/vendors/koyeb/index.ts';
import { nextauth } from '../../../main/vendors/nextauth/index.ts';
import { clientOf } from '../../../main/vendors/nextauth/session/clients.ts';
import { readScan } from '../../../main/vendors/nextauth/session/state.ts';
import type { Step, Vendor, VendorContext } from '../../../main/vendors/vendor.ts';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startCyclos } from '../../../practice/cyclos/index.ts';
import { startEnhance } from '../../../practice/enhance/index.ts';
import { startKoyeb } from '../../../practice/koyeb/index.ts';
import { startNextAuth } from '../../../practice/nextauth/index.ts';
import { sheet } from './documented-schemas.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  newNetwork,
  personOf,
  practiceOptions,
  promptOf,
} from './practice-context.ts';
import { openProxy, type ValidatingProxy } from './validating-proxy.ts';

/**
 * The real flows against the real practice servers, with a proxy between them that knows only the vendors' documents: no
 * violation by either side, and every one of the 42 operations was seen with a good answer.
 */

const network = newNetwork();
afterAll(() => network.close());
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const good = new Set<string>();

interface Place {
  server: PracticeServer;
  proxy: ValidatingProxy;
  context(person: string, more?: Record<string, string>): VendorContext;
}

async function place(server: PracticeServer, basePath: string): Promise<Place> {
  closing.push(() => server.close());
  const proxy = await openProxy(server.vendor, server.origin, { basePath });
  closing.push(proxy.close);
  return {
    server,
    proxy,
    context: (person, more = {}) => {
      const { values, realm } = personOf(server, person).account;
      const baseUrl = (values.baseUrl ?? '').replace(server.origin, proxy.origin);
      return contextFor({ network, values: { ...values, baseUrl, ...more }, realm: realm ?? null });
    },
  };
}

function settle({ server, proxy }: Place): void {
  expect(proxy.violations).toEqual([]);
  for (const one of proxy.seen) if (/ 20\d$/.test(one)) good.add(`${server.vendor} ${one.split(' ')[0]}`);
}

const next = (vendor: Vendor, here: VendorContext, step: Step, answer: Record<string, string | boolean>) =>
  vendor.answer(here, promptOf(step).resume, answer);

test('Enhance', async () => {
  const options = practiceOptions('documented enhance');
  const at = await place(await startEnhance(options), '/api');
  const pin = (to: string) => options.inbox.latest(to)?.code ?? '';

  const nora = at.context('Nora Lindholm');
  const grant = activeOf(await enhance.begin(nora, null, {}));
  await enhance.check(nora, grant.secret);
  await enhance.whoAmI!(nora, grant.secret);
  const [membership] = await enhance.memberships!(nora, grant.secret);
  const elsewhere = (await enhance.remoteSessions!(nora, grant.secret)).find(({ current }) => !current)!;
  await enhance.endRemoteSession!(nora, grant.secret, elsewhere.id);

  const org = membership!.realm.id;
  const client = enhanceClient(nora.http, null);
  const page = { offset: 0, limit: 5, sortBy: 'email', sortOrder: 'desc' } as const;
  await client.getLogins({ ...page, realmId: org });
  await client.getCustomerLogins(org, page);
  const { items } = await client.getOrgLogins(org, page);
  const customer = (await client.getCustomerLogins(org)).items[0]!;
  await client.setCustomerLoginPassword(customer.id, 'a-new-password-1');
  await client.createLogin(org, {
    email: 'new@northwind.example',
    name: 'New',
    password: 'a-new-password-2',
  });
  await client.updateLoginInfo({ name: 'Nora L.' });
  await client.setLoginAvatar(
    new Blob([new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])], { type: 'image/png' }),
  );
  await client.deleteLoginAvatar();
  await failureOf(
    client.createLogin(org, { email: items[0]!.email, name: 'Twice', password: 'a-new-password-3' }),
  );
  const member = (await client.getMembers(org)).items.find((one) => one.email !== 'nora@northwind.example')!;
  const link = await client.getOrgMemberLogin(org, member.id);
  const guest = at.context('Nora Lindholm');
  activeOf(await enhance.begin(guest, 'link', { link: link.replace(at.server.origin, at.proxy.origin) }));
  await enhance.endAllSessions!(nora, grant.secret);

  const amir = at.context('Amir Haddad');
  let step = await enhance.begin(amir, null, {});
  await failureOf(next(enhance, amir, step, { code: 'no' }));
  step = await enhance.begin(amir, null, {});
  step = await enhance.sendAgain!(amir, promptOf(step).resume, null);
  const { keep, secret } = activeOf(
    await next(enhance, amir, step, { code: pin('amir@northwind.example'), remember: true }),
  );
  await enhance.end(amir, secret);
  activeOf(await enhance.begin(at.context('Amir Haddad', keep), null, {}));

  const { totpSecret = '' } = personOf(at.server, 'Tess Okafor');
  const tess = at.context('Tess Okafor', { authenticatorSecret: '' });
  const code = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate();
  activeOf(await next(enhance, tess, await enhance.begin(tess, null, {}), { code }));
  activeOf(await enhance.begin(at.context('Support desk token'), null, {}));

  const outside = enhanceClient(at.context('Sam Whitlock').http, null);
  await outside.startPasswordRecovery('sam@northwind.example');
  const secretOfMail = pin('sam@northwind.example');
  await outside.validatePasswordRecovery(secretOfMail);
  await outside.finishPasswordRecovery(secretOfMail, 'a-new-password-4');
  await failureOf(outside.validatePasswordRecovery(secretOfMail));
  settle(at);
});

describe.each(['4.11', '4.16'] as const)('Cyclos', (generation) => {
  test(generation, async () => {
    const options = practiceOptions(`documented cyclos ${generation}`);
    const at = await place(await startCyclos({ ...options, generation, members: 5 }), '/left-coast/api');
    const letter = () => options.inbox.list().at(-1)?.code ?? '';
    const end = async (here: VendorContext, step: Step) => cyclos.end(here, activeOf(step).secret);

    const emil = at.context('emil');
    let step = await cyclos.begin(emil, null, {});
    const { ask } = promptOf(step);
    const agreed = ask.kind === 'agreements' ? ask.agreements.map(({ id }) => [id, true]) : [];
    step = await next(cyclos, emil, step, Object.fromEntries(agreed));
    step = await next(cyclos, emil, step, { password: 'Fresh-2027' });
    step = await next(cyclos, emil, step, { password: '0000' });
    step = await next(cyclos, emil, step, { password: '4711' });
    const { secret } = activeOf(step);
    await cyclos.check(emil, secret);
    await cyclos.whoAmI!(emil, secret);
    await cyclos.end(emil, secret);
    await cyclos.end(emil, secret);

    const otto = at.context('otto');
    step = await next(cyclos, otto, await cyclos.begin(otto, null, {}), { choice: 'email' });
    await end(otto, await next(cyclos, otto, step, { code: letter() }));

    for (const refused of ['user-blocked', 'password-disabled', 'nora'])
      await failureOf(cyclos.begin(at.context(refused), null, {}));

    const reset = at.context('password-reset');
    step = await cyclos.begin(reset, null, {});
    await end(reset, await next(cyclos, reset, step, { password: 'Fresh-2027' }));

    // The deprecated way of the second password is one that 4.16 servers still have.
    const pia = at.context('pia');
    const basic: Access = { kind: 'basic', principal: 'pia', password: 'Second-2026', principalType: '*' };
    const { sessionToken = '' } = await cyclosClient(pia.http, basic, generation).auth.login();
    const pending = cyclosClient(pia.http, { kind: 'session', token: sessionToken }, generation).auth;
    await pending.getSecondaryPasswordInput();
    await pending.validateSecondaryPassword('4711');
    await pending.logout();
    const half = await cyclosClient(pia.http, basic, generation).auth.login({ cookie: true });
    const split = { kind: 'split', prefix: half.sessionToken ?? '' } as const;
    await cyclosClient(pia.http, split, generation).auth.logout({ cookie: true });

    const { http } = at.context('quinn');
    const guest = cyclosClient(http, { kind: 'guest' }, generation);
    await guest.auth.getDataForLogin(['principalTypes', 'loginPasswordInput']);
    const challenge = await guest.passwords.newCaptcha();
    const open = await (await fetch(`${at.server.origin}/__practice/captchas`)).json();
    const captcha = { challenge, response: String(open[challenge]) };
    await guest.passwords.forgottenPasswordRequest({ user: 'quinn', captcha, sendMedium: 'email' });
    const by = generation === '4.11' ? { key: letter() } : { user: 'quinn', code: letter() };
    await guest.passwords.getDataForChangeForgottenPassword(by);
    const fresh = {
      newPassword: 'Fresh-2027',
      newPasswordConfirmation: 'Fresh-2027',
      checkConfirmation: true,
    };
    await guest.passwords.changeForgottenPassword({ ...by, ...fresh, securityAnswer: 'Albatros' });

    const till = at.context('Counter till');
    activeOf(await cyclos.begin(till, null, {}));
    const access = { kind: 'access-client', token: till.values.accessClientToken ?? '' } as const;
    await cyclosClient(till.http, access, generation).auth.disconnectCurrentClient();
    await failureOf(cyclos.begin(till, null, {}));
    settle(at);
  });
});

test('nextAuth', async () => {
  const at = await place(await startNextAuth(practiceOptions('documented nextauth')), '');
  const phone = async (path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const post = { method: 'POST', ...(body ? { headers, body: JSON.stringify(body) } : {}) };
    const answer = await fetch(`${at.server.phoneUrl}${path}`, path === '/state' ? {} : post);
    return answer.status === 204 ? null : answer.json();
  };
  const here = at.context('Front door: Desk key');
  let step = await nextauth.begin(here, null, {});
  const scan = readScan(promptOf(step).resume);
  await clientOf(here, scan).getQrLogin();
  await clientOf(here, scan).getQrLogin(undefined, { size: 200 });
  step = await nextauth.push!(here, promptOf(step).resume, 'user:ben');
  const { approvals } = await phone('/state');
  const listening = nextauth.listen!(here, promptOf(step).resume, () => {});
  await phone(`/approvals/${approvals[0].id}/approve`);
  const grant = activeOf(await listening);
  await nextauth.check(here, grant.secret);
  await nextauth.end(here, grant.secret);
  // The nonce has been used by a phone, so that it can be asked without a name.
  await clientOf(here, scan).provokeLogin({ sessioninfo: { info: { machine: 'desk-12' } } });
  await nextauth.push!(here, promptOf(step).resume, `account:${approvals[0].accountId}`);
  await failureOf(nextauth.begin(at.context('Front door: Desk key', { apiKey: 'no-such-key' }), null, {}));
  settle(at);
});

test('Koyeb', async () => {
  const at = await place(await startKoyeb(practiceOptions('documented koyeb')), '');
  const maya = at.context('Maya Castell');
  const grant = activeOf(await koyeb.begin(maya, null, {}));
  const fresh = await koyeb.refresh!(maya, grant.secret);
  const free = activeOf(await koyeb.switchRealm!(maya, fresh.secret, { id: '', name: 'No organisation' }));
  await koyeb.end(maya, free.secret);
  await koyeb.end(maya, fresh.secret);
  await koyeb.end(maya, fresh.secret);
  activeOf(await koyeb.begin(at.context('Jonas Weber'), null, {}));
  for (const refused of ['Lena Fischer', 'Greta Olsen'])
    await failureOf(koyeb.begin(at.context(refused, { way: 'password' }), null, {}));
  settle(at);
});

test('every one of the 42 operations went through with a good answer', () => {
  expect(sheet).toHaveLength(42);
  expect([...good].sort()).toEqual(sheet.map(({ vendor, operation }) => `${vendor} ${operation}`).sort());
});
