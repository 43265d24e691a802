import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { recoveryStep } from '#contract/admin.ts';
import { cyclos } from '../../../../main/vendors/cyclos/index.ts';
import type { Json, VendorContext } from '../../../../main/vendors/vendor.ts';
import type { Practice, PracticeServer } from '../../../../practice/common/types.ts';
import { startPractice } from '../../../../practice/index.ts';
import { activeOf, contextFor, failureOf, newNetwork, personOf } from '../practice-context.ts';

const network = newNetwork();
afterAll(() => network.close());

describe.each(['4.16', '4.11'] as const)('recovery at Cyclos %s', (generation) => {
  let practice: Practice;
  let server: PracticeServer;
  const isNew = generation === '4.16';

  beforeAll(async () => {
    practice = await startPractice({ only: ['cyclos'], cyclos: generation, seed: `recovery ${generation}` });
    server = practice.servers[0]!;
  });
  afterEach(() => server.behave());
  afterAll(() => practice.close());

  const visitOf = (name: string): VendorContext =>
    contextFor({ network, values: personOf(server, name).account.values });

  /** Walks through the steps; what a step keeps goes through JSON, as in the assistant. */
  async function walk(context: VendorContext) {
    let at = await cyclos.recovery!.first(context);
    const here = {
      step: () => recoveryStep.parse(at.step),
      state: (): Json => at.state,
      async next(values: Record<string, string>) {
        const state: Json = JSON.parse(JSON.stringify(at.state));
        at = await cyclos.recovery!.next(context, at.step.id, values, state);
        return here.step();
      },
      /** What a person reads in the picture. */
      async captcha(): Promise<string> {
        const all = (await (await fetch(`${server.origin}/__practice/captchas`)).json()) as Record<
          string,
          string
        >;
        const { challenge } = at.state as { challenge: string };
        return all[challenge] ?? '';
      },
    };
    return here;
  }
  const mailTo = (start: string) =>
    practice.inbox.list().findLast((one) => one.to.startsWith(start))?.code ?? '';
  const signIn = async (name: string, password: string) => {
    const { values } = personOf(server, name).account;
    return cyclos.begin(contextFor({ network, values: { ...values, password } }), null, {});
  };

  test('who, a picture, the code that is read out, the new password', async () => {
    const context = visitOf('Left Coast: Member');
    const path = await walk(context);
    expect(path.step()).toMatchObject({ id: 'who', done: false });
    expect(path.step().explain).toContain('does not tell whether it knows them');
    expect(path.step().image).toMatch(/^data:image\/png;base64,/);
    const asked = path.step().fields.map((one) => one.name);
    expect(asked).toEqual(isNew ? ['user', 'sendMedium', 'captcha'] : ['user', 'captcha']);
    expect(await failureOf(path.next({ user: 'mona' }))).toMatchObject({
      fields: { captcha: expect.any(String) },
    });

    const firstPicture = path.step().image;
    const wrong = await path.next({ user: 'mona', sendMedium: 'email', captcha: 'xxxx' });
    expect(wrong).toMatchObject({ id: 'who', explain: expect.stringContaining('new picture') });
    expect(wrong.image).not.toBe(firstPicture);
    expect(wrong.fields[0]?.initial).toBe('mona');

    const sent = await path.next({ user: 'mona', sendMedium: 'email', captcha: await path.captcha() });
    expect(sent.id).toBe('code');
    if (isNew) expect(sent.explain).toMatch(/at \S*\*\S*@/);
    const wrongCode = await failureOf(path.next({ code: '000000' }));
    expect(wrongCode).toMatchObject({ kind: 'invalid', fields: { code: expect.any(String) } });

    const code = mailTo('mona@');
    const typed = isNew ? `${code.slice(0, 3)} ${code.slice(3)}` : `https://bank.example/#forgot?key=${code}`;
    const set = await path.next({ code: typed });
    expect(set).toMatchObject({ id: 'password', fields: [{ name: 'password', secret: true }] });
    // 4.11 does not tell a guest.
    expect(set.fields[0]?.help).toBe(isNew ? 'Cyclos wants: 6 to 20 characters.' : undefined);
    const short = await failureOf(path.next({ password: 'a' }));
    if (isNew) expect(short.fields?.password).toContain('at least');
    else expect(short).toMatchObject({ kind: 'server-fault', advice: expect.stringContaining('longer') });
    const end = await path.next({ password: 'Recovered-2027' });
    expect(end).toMatchObject({ done: true, fields: [] });
    expect(path.state()).toBeNull();
    activeOf(await signIn('Left Coast: Member', 'Recovered-2027'));
  });

  test('somebody unknown looks the same', async () => {
    const path = await walk(visitOf('Left Coast: Member'));
    const step = await path.next({ user: 'nobody-here', sendMedium: 'email', captcha: await path.captcha() });
    expect(step.id).toBe('code');
    expect(step.explain).toContain('If Cyclos knows them');
    expect(await failureOf(path.next({ code: '123456' }))).toMatchObject({ kind: 'invalid' });
  });

  test('a security question is asked, and a wrong answer can be corrected', async () => {
    const path = await walk(visitOf('Left Coast: Security'));
    await path.next({ user: 'quinn', sendMedium: 'email', captcha: await path.captcha() });
    const step = await path.next({ code: mailTo('quinn@') });
    expect(step.fields[0]).toMatchObject({ name: 'securityAnswer', label: expect.stringContaining('boat') });
    const wrong = await failureOf(path.next({ securityAnswer: 'Titanic', password: 'Recovered-2027' }));
    expect(wrong).toMatchObject({ kind: 'refused-prompt' });
    expect((await path.next({ securityAnswer: 'albatros', password: 'Recovered-2027' })).done).toBe(true);
    activeOf(await signIn('Left Coast: Security', 'Recovered-2027'));
  });

  test('where passwords are generated, the new one is sent', async () => {
    const path = await walk(visitOf('Harbour: Member'));
    await path.next({ user: 'henry@harbour.example', captcha: await path.captcha() });
    const step = await path.next({ code: mailTo('henry@') });
    expect(step.fields).toEqual([]);
    expect(step.explain).toContain('generated');
    const before = practice.inbox.list().length;
    expect((await path.next({})).done).toBe(true);
    expect(practice.inbox.list().length).toBe(before + 1);
    activeOf(await signIn('Harbour: Member', mailTo('henry@')));
  });

  test('a network without recovery, or with a captcha that only its pages show, says so', async () => {
    const root = await walk(visitOf('Practice payments: Global'));
    expect(root.step()).toMatchObject({ done: true, title: 'Recovery is switched off' });
    server.misbehave({
      operation: 'getDataForLogin',
      status: 200,
      body: { forgotPasswordMediums: ['email'], forgotPasswordCaptchaProvider: 'recaptchaV2' },
      times: 1,
    });
    const other = await walk(visitOf('Left Coast: Member'));
    expect(other.step()).toMatchObject({ done: true, explain: expect.stringContaining('recaptchaV2') });
    const context = visitOf('Left Coast: Member');
    expect(await failureOf(cyclos.recovery!.next(context, 'who', {}, null))).toMatchObject({
      kind: 'internal',
    });
  });
});
