import { beforeAll, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../practice/common/types.ts';
import {
  accountOf,
  appOn,
  closeWindow,
  crashPage,
  dataFolder,
  eventually,
  openApp,
  openPractice,
  serverOf,
  type TestApp,
} from './harness.ts';
import { startHost } from './launch.ts';

/** Quit, kill and start again; a second start; and one person at a time. */
let panel: PracticeServer;
const userData = dataFolder();

const ours = () => panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'));
const named = async (app: TestApp, label: string) =>
  (await app.snapshot()).accounts.find((account) => account.label === label)!;

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
});

describe('sessions and accounts', () => {
  test('are there again after quitting, each checked with the server', async () => {
    let app = await openApp({ userData });
    await app.call('settings.change', { onQuit: 'keep-all' });
    for (const label of ['Nora Lindholm', 'Sam Whitlock', 'Alex Moreau']) {
      await app.call('accounts.add', accountOf(panel, label));
      const account = await named(app, label);
      await app.call('sessions.signIn', { accountId: account.id });
      await app.session(account, 'active');
    }
    expect(await app.close()).toBe(0);
    expect(ours()).toHaveLength(3);
    // Sam is signed out by somebody else meanwhile.
    await endAtPanel('sam@northwind.example');

    app = await openApp({ userData, unlockWith: null });
    await app.heading('Gatehouse is locked').waitFor();
    expect(await app.snapshot()).toMatchObject({ accounts: [], sessions: [], prompts: [] });
    await app.call('vault.unlock', { passphrase: 'a quiet gatehouse by the river' });
    const nora = await named(app, 'Nora Lindholm');
    const session = await app.session(nora, 'active');
    await eventually(async () =>
      expect((await app.session(nora, 'active')).checkedAt).toBeGreaterThan(session.openedAt!),
    );
    const expired = await app.session(await named(app, 'Sam Whitlock'), 'expired');
    expect(expired.failure?.message).toMatch(/no longer knows this session/);
    await app.row('Sam Whitlock').click();
    await app.page.getByRole('main').getByText(expired.failure!.message).waitFor();
    await app.look('expired');
    await app.kill();
  });

  test('are there again after a kill, and a sign-in that was cut off is cleaned up', async () => {
    let app = await openApp({ userData });
    await app.call('accounts.add', accountOf(panel, 'Amir Haddad'));
    const amir = await named(app, 'Amir Haddad');
    const nora = await named(app, 'Nora Lindholm');
    await app.call('sessions.signIn', { accountId: amir.id });
    await app.session(amir, 'waiting');
    await app.kill();

    app = await openApp({ userData });
    await app.session(nora, 'active');
    // The PIN is asked for again, or the pending session is ended; it never just goes.
    const { state } = (await app.snapshot()).sessions.find(({ accountId }) => accountId === amir.id)!;
    expect(['waiting', 'ending', 'ended', 'failed']).toContain(state);
    await app.call('sessions.signOutEverywhere');
    await app.session(nora, 'ended');
    await eventually(() => expect(ours()).toEqual([]));
    expect(await app.close()).toBe(0);
  });

  test('asks on quitting what is to become of them', async () => {
    const app = await openApp({ userData });
    await app.call('settings.change', { onQuit: 'ask' });
    const nora = await named(app, 'Nora Lindholm');
    await app.call('sessions.signIn', { accountId: nora.id });
    await app.session(nora, 'active');
    await app.call('tray.choose', { id: 'quit' });
    await app.dialog.getByText('1 session is active.').waitFor();
    await app.look('quit');
    await app.dialog.getByRole('button', { name: 'End all and quit' }).click();
    await eventually(() => expect(() => process.kill(app.pid, 0)).toThrow());
    expect(ours()).toEqual([]);
  });
});

test.skipIf(process.env.GATEHOUSE_HOST === 'electron')(
  'a second start raises the first and ends',
  async () => {
    let app = await openApp({ userData });
    await closeWindow(app);
    expect(await startAgain()).toBe(0);
    app = appOn({ ...app, page: await app.findPage() });
    expect((await app.snapshot()).vault.state).toBe('unlocked');
    await app.close();
  },
);

test.skipIf(process.env.GATEHOUSE_HOST === 'electron')(
  'a window whose page crashed comes back by itself, and by a start when it crashes at once again',
  async () => {
    let app = await openApp({ userData });
    const shown = async () => {
      app = appOn({ ...app, page: await app.findPage() });
      expect((await app.snapshot()).vault.state).toBe('unlocked');
      await app.row('Nora Lindholm').waitFor();
    };
    const said = async () => ((await app.control('dialogs')) as string[]).length;
    await crashPage(app);
    await shown();
    expect(await said()).toBe(0);
    // "Open it again" is the default answer.
    await crashPage(app);
    await shown();
    expect(await app.control('dialogs')).toEqual([expect.stringContaining('ended twice within seconds')]);
    await app.control('answer-dialog', { index: 1 });
    await crashPage(app);
    await eventually(async () => expect(await said()).toBe(2));
    expect(await startAgain()).toBe(0);
    await shown();
    expect(await app.close()).toBe(0);
  },
);

/** Starts Gatehouse on the same data while it runs; answers with the exit code. */
async function startAgain(): Promise<number | null> {
  const second = startHost({
    args: [`--user-data-dir=${userData}`],
    env: { ...process.env, GATEHOUSE_E2E: '1' } as Record<string, string>,
  });
  return new Promise((done) => second.once('exit', done));
}

async function endAtPanel(email: string): Promise<void> {
  const { password } = panel.people.find(({ identity }) => identity === email)!;
  const opened = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  expect((await fetch(`${panel.url}/login/sessions`, { method: 'DELETE', headers: { cookie } })).status).toBe(
    200,
  );
}
