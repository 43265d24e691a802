import { type TOTP, URI } from 'otpauth';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ActionResult } from '../../../../main/vendors/admin.ts';
import { cyclos } from '../../../../main/vendors/cyclos/index.ts';
import type { Practice, PracticeServer } from '../../../../practice/common/types.ts';
import { startPractice } from '../../../../practice/index.ts';
import { actionOf, factOf, type Open, peopleOf, rowOf, tableOf } from '../admin-harness.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  personOf,
  promptOf,
  stored,
} from '../practice-context.ts';

const network = newNetwork();
afterAll(() => network.close());

/** Made passwords, authenticators, security answers, access clients, identity providers and agreements. */
describe.each(['4.16', '4.11'] as const)('the credentials of Cyclos %s', (generation) => {
  let practice: Practice;
  let server: PracticeServer;
  let admin: Open;
  const isNew = generation === '4.16';

  const contextOf = (name: string, more: Record<string, string> = {}) =>
    contextFor({ network, values: { ...personOf(server, name).account.values, ...more } });
  async function signIn(name: string, more?: Record<string, string>): Promise<Open> {
    const context = contextOf(name, more);
    return { vendor: cyclos, context, secret: activeOf(await cyclos.begin(context, null, {})).secret };
  }
  async function idOf(name: string, by = admin): Promise<string> {
    const { rows } = await peopleOf(by).page({ source: 'users', search: name });
    const row = rows.find((one) => one.cells.username === name);
    if (!row) throw new Error(`Nobody is called ${name}.`);
    return row.id;
  }
  const verbs = (actions: { id: string }[]) => actions.map(({ id }) => id.split(':')[0]);
  const mailedTo = (to: string) => practice.inbox.latest(to)?.code ?? '';

  beforeAll(async () => {
    practice = await startPractice({ only: ['cyclos'], cyclos: generation, seed: `keys ${generation}` });
    server = practice.servers[0]!;
    admin = await signIn('alice');
  });
  afterEach(() => server.behave());
  afterAll(() => practice.close());

  const made = 'Transaction password';
  const plain = { 'content-type': 'text/plain' };

  test('a password that Cyclos makes: allowed, made, made anew, reset', async () => {
    const of = peopleOf(admin);
    const id = await idOf('gina');
    const theirs = async () => rowOf(await of.person(id), 'Passwords', made);
    const gina = peopleOf(await signIn('gina'));
    const own = async () => rowOf(await gina.own(), 'Passwords', made);
    expect((await own()).actions).toEqual([]);

    const waiting = await theirs();
    expect(waiting.cells.status).toBe('never created');
    const allow = actionOf(waiting.actions, 'allow-generation');
    expect((await of.act(allow, waiting.id)).message).toContain('made now');
    expect((await theirs()).cells.status).toBe('allowed, not made yet');
    expect(verbs((await theirs()).actions)).not.toContain('allow-generation');

    const first = await own();
    expect(verbs(first.actions)).toEqual(['generate']);
    const { copy, ...told } = await gina.actOnOwn(actionOf(first.actions, 'generate'), first.id);
    expect(copy).toMatch(/^[^"\s]{10}$/);
    expect(JSON.stringify(told)).not.toContain(copy);

    const again = await own();
    expect(verbs(again.actions)).toEqual(['change-generated']);
    const change = actionOf(again.actions, 'change-generated');
    expect(change.fields).toMatchObject([{ name: 'confirmation', secret: true, required: true }]);
    const wrong = { confirmation: 'Wrong-2026' };
    expect(await failureOf(gina.actOnOwn(change, again.id, wrong))).toMatchObject({
      kind: 'refused-prompt',
      vendorCode: 'invalidPassword',
    });
    const other = await gina.actOnOwn(change, again.id, { confirmation: 'Member-2026' });
    expect(other.copy).toMatch(/^[^"\s]{10}$/);
    expect(other.copy).not.toBe(copy);

    const active = await theirs();
    await of.act(actionOf(active.actions, 'reset-generated'), active.id);
    expect(verbs((await own()).actions)).toEqual(['generate']);
    // Not twice, and not by who may not.
    expect(await failureOf(of.act(allow, active.id))).toMatchObject({ kind: 'forbidden' });
    expect(await failureOf(peopleOf(await signIn('felix')).act(allow, active.id))).toMatchObject({
      missingRight: 'to allow passwords',
    });
  });

  test('a made password whose answer is lost or empty says what that means', async () => {
    const greta = peopleOf(await signIn('greta'));
    const row = rowOf(await greta.own(), 'Passwords', made);
    const change = () =>
      greta.actOnOwn(actionOf(row.actions, 'change-generated'), row.id, { confirmation: 'Member-2026' });
    server.misbehave({ operation: 'changeGenerated', reset: 'after' });
    const lost = await failureOf(change());
    expect(lost.message).toContain('nobody has it');
    expect(lost.advice).toContain('administrator');
    server.behave();
    server.misbehave({ operation: 'changeGenerated', status: 200, headers: plain, body: ' ' });
    expect(await failureOf(change())).toMatchObject({ kind: 'unexpected-answer' });
    // A refusal leaves the old one as it was.
    server.behave();
    server.misbehave({ operation: 'changeGenerated', status: 403, body: { code: 'illegalAction' } });
    expect((await failureOf(change())).message).not.toContain('nobody has it');
  });

  test('an expired login password that Cyclos makes is made anew at the sign-in, and kept', async () => {
    const henry = 'Harbour: Member';
    const ofHarbour = await signIn('Harbour: Administrator');
    const desk = peopleOf(ofHarbour);
    const id = await idOf('henry', ofHarbour);
    const { actions, id: target } = rowOf(await desk.person(id), 'Passwords', 'Login password');
    const send = actionOf(actions, 'reset-and-send');
    await desk.act(send, target, { medium: 'email' });
    const context = contextOf(henry, { password: mailedTo('henry@harbour.example') });
    const step = promptOf(await cyclos.begin(context, null, {}));
    expect(step.ask).toMatchObject({ kind: 'choice', options: [{ id: 'generate' }] });
    const { keep } = activeOf(await cyclos.answer(context, stored(step).resume, { choice: 'generate' }));
    expect(keep?.password).toMatch(/^\S{6,}$/);
    await signIn(henry, keep);

    // A lost answer is told, and the session that Cyclos holds is not forgotten.
    await desk.act(send, target, { medium: 'email' });
    const late = contextOf(henry, { password: mailedTo('henry@harbour.example') });
    const asked = promptOf(await cyclos.begin(late, null, {}));
    server.misbehave({ operation: 'generatePassword', reset: 'after' });
    const lost = promptOf(await cyclos.answer(late, stored(asked).resume, { choice: 'generate' }));
    expect(lost.wrong).toContain('nobody has it');
    await cyclos.abandon!(late, lost.resume);
  });

  test('an access client is looked for by its id, shown, and disconnected', async () => {
    const of = peopleOf(admin);
    const id = await idOf('mona');
    const till = await signIn('Access client: Office till');
    const client = await idOfClient('Office till');
    const row = rowOf(await of.person(id), 'Access clients', 'Till');
    const find = actionOf(row.actions, 'find-client');
    expect(find.missingRight).toBeUndefined();
    expect(await failureOf(of.act(find, row.id, { client: 'tok-en' }))).toMatchObject({
      fields: { client: expect.stringContaining('number') },
    });
    expect(await failureOf(of.act(find, row.id, { client: '404404' }))).toMatchObject({ kind: 'not-found' });
    const found = await of.act(find, row.id, { client });
    expect(found.message).toContain('“Office till”');
    expect(found.message.includes('of Mona Member')).toBe(isNew);
    await of.act(found.next!, row.id);
    expect(lastSeen(server, 'unassignClient').path).toContain(client);
    expect(await cyclos.check(till.context, till.secret)).toMatchObject({ alive: false });
    const gone = await of.act(find, row.id, { client });
    expect(gone).toEqual({ message: expect.stringContaining('nothing to disconnect') });
    expect(rowOf(await of.person(id), 'Access clients', 'Till').cells.unassigned).toBe('yes');
    // Somebody else's is not taken for one of this person, where Cyclos says whose it is.
    const bruno = rowOf(await of.person(await idOf('bruno')), 'Access clients', 'Till');
    const elsewhere = of.act(actionOf(bruno.actions, 'find-client'), bruno.id, { client });
    if (isNew) expect((await failureOf(elsewhere)).fields?.client).toContain('Mona Member');
    else expect((await elsewhere).next).toBeUndefined();
  });

  /** Nobody is told it but by the client itself. */
  async function idOfClient(name: string): Promise<string> {
    const { accessClientToken = '' } = personOf(server, name).account.values;
    const answer = await fetch(`${server.url}/auth`, {
      headers: { 'access-client-token': accessClientToken },
    });
    return ((await answer.json()) as { accessClient: { id: string } }).accessClient.id;
  }

  test('one’s own access client wants the own password where Cyclos asks for it', async () => {
    const mona = peopleOf(await signIn('Left Coast: Member'));
    const row = rowOf(await mona.own(), 'Access clients', 'Till');
    const client = await idOfClient('Counter till');
    const found = await mona.actOnOwn(actionOf(row.actions, 'find-client'), row.id, { client });
    expect(found.next?.fields).toMatchObject([{ name: 'confirmation', secret: true }]);
    await mona.actOnOwn(found.next!, row.id, { confirmation: 'Member-2026' });
    const till = contextOf('Access client: Counter till');
    expect(await failureOf(cyclos.begin(till, null, {}))).toMatchObject({ kind: 'refused-credentials' });
  });

  test('who may not manage them is told so', async () => {
    const page = await peopleOf(await signIn('felix')).person(await idOf('mona'));
    expect(tableOf(page, 'Access clients').failed).toContain('to manage access clients');
    if (!isNew) return;
    expect(actionOf(page.actions, 'reset-security-answer').missingRight).toContain('security answers');
    expect(tableOf(page, 'Identity providers').failed).toContain('Needed: to see identity providers');
    server.misbehave({
      operation: 'listClientTypesForUser',
      status: 200,
      body: [{ internalName: 'till', canManage: false }],
    });
    const [only] = tableOf(await peopleOf(admin).person(await idOf('mona')), 'Access clients').rows;
    expect(only?.actions[0]?.missingRight).toContain('access clients');
  });

  test.runIf(isNew)('a security answer is reset by the desk and set anew by its owner, once', async () => {
    const of = peopleOf(admin);
    const id = await idOf('quinn');
    const quinn = peopleOf(await signIn('quinn'));
    expect(verbs((await quinn.own()).actions)).not.toContain('set-security-answer');
    const reset = actionOf((await of.person(id)).actions, 'reset-security-answer');
    await of.act(reset, id);
    expect((await failureOf(of.act(reset, id))).message).toContain('Somebody else changed this');

    const set = actionOf((await quinn.own()).actions, 'set-security-answer');
    expect(set.fields[0]?.options?.map((one) => one.value)).toEqual(['boat', 'street']);
    expect(set.fields[1]).toMatchObject({ name: 'answer', secret: true });
    expect(await failureOf(quinn.actOnOwn(set, null, { question: 'boat' }))).toMatchObject({
      fields: { answer: expect.any(String) },
    });
    const done = await quinn.actOnOwn(set, null, { question: 'street', answer: 'Canary Row' });
    expect(JSON.stringify(done)).not.toContain('Canary');
    expect(verbs((await quinn.own()).actions)).not.toContain('set-security-answer');
    // Where Cyclos says that they have none, there is nothing to reset.
    const body = { passwords: [], dataForSetSecurityAnswer: {} };
    server.misbehave({ operation: 'getUserPasswordsListData', status: 200, body });
    expect(verbs((await of.person(id)).actions)).not.toContain('reset-security-answer');
  });

  test.runIf(isNew)('an authenticator is set up: code, secret, code of the app', async () => {
    const of = peopleOf(await signIn('Left Coast: Member'));
    const begin = actionOf((await of.own()).actions, 'set-up-authenticator');
    expect(begin.fields[0]?.options).toMatchObject([
      { value: 'email', label: 'E-mail to mona@left-coast.example' },
      { value: expect.stringMatching(/^sms:\d+$/), label: 'SMS to +15550100102' },
    ]);
    const sms = begin.fields[0]!.options![1]!.value;
    expect((await of.actOnOwn(begin, null, { to: sms })).message).toContain('+15550100102');
    expect(mailedTo('+15550100102')).toMatch(/^\d{6}$/);
    const sent = await of.actOnOwn(begin, null, { to: 'email' });
    const verify = sent.next!;
    const code = mailedTo('mona@left-coast.example');
    const other = code.replace(/./, (digit) => (digit === '1' ? '2' : '1'));
    expect(await failureOf(of.actOnOwn(verify, null, { code: other }))).toMatchObject({
      kind: 'invalid',
      fields: { code: expect.any(String) },
    });
    const shown = await of.actOnOwn(verify, null, { code: ` ${code} ` });
    expect(shown.qr).toMatch(/^otpauth:\/\/totp\//);

    // Left in the middle: the page tells of it without the secret, and the same code is shown again.
    const page = await of.own();
    expect(factOf(page, 'Authenticator app')).toBe('being set up');
    expect(JSON.stringify(page)).not.toMatch(/otpauth|secret=/);
    const again = await of.actOnOwn(actionOf(page.actions, 'finish-authenticator'), null);
    expect(again.qr).toBe(shown.qr);

    const app = URI.parse(shown.qr!) as TOTP;
    const wrong = app.generate().replace(/./, (digit) => (digit === '1' ? '2' : '1'));
    expect(await failureOf(of.actOnOwn(again.next!, null, { code: wrong }))).toMatchObject({
      kind: 'refused-prompt',
    });
    await of.actOnOwn(again.next!, null, { code: app.generate() });
    const after = await of.own();
    expect(factOf(after, 'Authenticator app')).toBe('active');
    expect(verbs(after.actions)).toEqual(['remove-authenticator', 'set-security-answer']);
  });

  test.runIf(isNew)('a secret that is none is not shown, and who can’t be reached is told so', async () => {
    const bruno = peopleOf(await signIn('bruno'));
    const begin = actionOf((await bruno.own()).actions, 'set-up-authenticator');
    const { next } = await bruno.actOnOwn(begin, null, { to: 'email' });
    server.misbehave({
      operation: 'verifyTotpSecretActivationCode',
      status: 200,
      headers: plain,
      body: 'javascript:alert(1)',
    });
    expect(await failureOf(bruno.actOnOwn(next!, null, { code: '1' }))).toMatchObject({
      kind: 'unexpected-answer',
    });
    server.misbehave({
      operation: 'viewUserTotpSecret',
      status: 200,
      body: { status: 'neverCreated', canActivate: true },
    });
    const stuck = actionOf((await bruno.own()).actions, 'set-up-authenticator');
    expect(stuck).toMatchObject({ fields: [], missingRight: expect.stringContaining('mobile phone') });
  });

  test.runIf(isNew)(
    'a link to an identity provider is seen and undone, by the desk and by its owner',
    async () => {
      const of = peopleOf(admin);
      const id = await idOf('ida');
      const linked = rowOf(await of.person(id), 'Identity providers', 'Harbour ID');
      expect(linked.cells).toMatchObject({
        status: 'linked',
        as: 'Ida Identity, ida@elsewhere.example',
      });
      expect(rowOf(await of.person(id), 'Identity providers', 'Guild Pass')).toMatchObject({
        cells: { status: 'switched off' },
        actions: [],
      });
      const ida = peopleOf(await signIn('ida'));
      const own = rowOf(await ida.own(), 'Identity providers', 'Harbour ID');
      const unlink = actionOf(own.actions, 'unlink-provider');
      await ida.actOnOwn(unlink, own.id, { afterwards: 'off' });
      expect(lastSeen(server, 'deleteUserIdentityProvider').query).toEqual({ disable: 'true' });
      expect(rowOf(await of.person(id), 'Identity providers', 'Harbour ID').cells.status).toBe(
        'switched off',
      );
      // The desk's page was from before: what the server says now wins.
      await of.act(actionOf(linked.actions, 'unlink-provider'), linked.id, { afterwards: 'open' });
      expect(lastSeen(server, 'deleteUserIdentityProvider').query).toEqual({ disable: 'false' });
      expect(
        await failureOf(
          of.act(actionOf(linked.actions, 'unlink-provider'), linked.id, { afterwards: 'open' }),
        ),
      ).toMatchObject({ vendorCode: 'staleEntity' });
      server.misbehave({
        operation: 'getUserIdentityProvidersListData',
        status: 200,
        body: { identityProviders: [{ id: '1', identityProvider: { internalName: 'x' }, status: 'linked' }] },
      });
      const [only] = tableOf(await of.person(id), 'Identity providers').rows;
      expect(only?.actions[0]?.missingRight).toContain('identity providers');
    },
  );

  test.runIf(isNew)('which agreements somebody has accepted: when, which version, from where', async () => {
    const page = await peopleOf(admin).person(await idOf('mona'));
    const terms = rowOf(page, 'Agreements', 'Terms of use');
    expect(terms.cells).toMatchObject({ required: 'yes', version: '2', address: '198.51.100.7' });
    expect(Date.parse(terms.cells.accepted ?? '')).toBeLessThan(Date.now());
    expect(rowOf(page, 'Agreements', 'Newsletter').cells).toMatchObject({
      required: 'no',
      accepted: 'no',
      version: '',
      address: '',
    });
    const agnes = await peopleOf(admin).person(await idOf('agnes'));
    expect(rowOf(agnes, 'Agreements', 'Privacy notice').cells.accepted).toBe('no');
  });

  test.runIf(isNew)('one’s own device is removed with one’s own password', async () => {
    const { totpSecret } = personOf(server, 'Left Coast: Authenticator');
    const of = peopleOf(await signIn('tara', { authenticatorSecret: totpSecret ?? '' }));
    const row = rowOf(await of.own(), 'Trusted devices', 'Tara’s phone');
    const done: ActionResult = await of.actOnOwn(actionOf(row.actions, 'remove-device'), row.id, {
      confirmation: 'Second-2026',
    });
    expect(done.message).toContain('no longer trusted');
    expect(tableOf(await of.own(), 'Trusted devices').rows).toEqual([]);
  });
});
