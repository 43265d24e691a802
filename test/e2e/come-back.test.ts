import { beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice/common/server.ts';
import {
  accountOf,
  closeWindow,
  crashPage,
  type Desk,
  dataFolder,
  deskOn,
  eventually,
  openDesk,
  openPractice,
  serverOf,
} from './kit.ts';
import { startHost } from './launch.ts';

/** Quit, kill and start again; a second start; and one person at a time. */
let panel: PracticeServer;
const userData = dataFolder();

const ours = () => panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'));
const named = async (desk: Desk, label: string) =>
  (await desk.snapshot()).accounts.find((account) => account.label === label)!;

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
});

describe('sessions and accounts', () => {
  it('are there again after quitting, each checked with the server', async () => {
    let desk = await openDesk({ userData });
    await desk.call('settings.change', { onQuit: 'keep-all' });
    for (const label of ['Nora Lindholm', 'Sam Whitlock', 'Alex Moreau']) {
      await desk.call('accounts.add', accountOf(panel, label));
      const account = await named(desk, label);
      await desk.call('sessions.signIn', { accountId: account.id });
      await desk.session(account, 'active');
    }
    expect(await desk.close()).toBe(0);
    expect(ours()).toHaveLength(3);
    // Sam is signed out by somebody else meanwhile.
    await endAtPanel('sam@northwind.example');

    desk = await openDesk({ userData, unlockWith: null });
    await desk.heading('Gatehouse is locked').waitFor();
    expect(await desk.snapshot()).toMatchObject({ accounts: [], sessions: [], prompts: [] });
    await desk.call('vault.unlock', { passphrase: 'a quiet gatehouse by the river' });
    const nora = await named(desk, 'Nora Lindholm');
    const session = await desk.session(nora, 'active');
    await eventually(async () =>
      expect((await desk.session(nora, 'active')).checkedAt).toBeGreaterThan(session.openedAt!),
    );
    const expired = await desk.session(await named(desk, 'Sam Whitlock'), 'expired');
    expect(expired.failure?.message).toMatch(/no longer knows this session/);
    await desk.row('Sam Whitlock').click();
    await desk.page.getByRole('main').getByText(expired.failure!.message).waitFor();
    await desk.look('expired');
    await desk.kill();
  });

  it('are there again after a kill, and a sign-in that was cut off is cleaned up', async () => {
    let desk = await openDesk({ userData });
    await desk.call('accounts.add', accountOf(panel, 'Amir Haddad'));
    const amir = await named(desk, 'Amir Haddad');
    const nora = await named(desk, 'Nora Lindholm');
    await desk.call('sessions.signIn', { accountId: amir.id });
    await desk.session(amir, 'waiting');
    await desk.kill();

    desk = await openDesk({ userData });
    await desk.session(nora, 'active');
    // The PIN is asked for again, or the pending session is ended; it never just goes.
    const { state } = (await desk.snapshot()).sessions.find(({ accountId }) => accountId === amir.id)!;
    expect(['waiting', 'ending', 'ended', 'failed']).toContain(state);
    await desk.call('sessions.signOutEverywhere');
    await desk.session(nora, 'ended');
    await eventually(() => expect(ours()).toEqual([]));
    expect(await desk.close()).toBe(0);
  });

  it('asks on quitting what is to become of them', async () => {
    const desk = await openDesk({ userData });
    await desk.call('settings.change', { onQuit: 'ask' });
    const nora = await named(desk, 'Nora Lindholm');
    await desk.call('sessions.signIn', { accountId: nora.id });
    await desk.session(nora, 'active');
    await desk.call('tray.choose', { id: 'quit' });
    await desk.dialog.getByText('1 session is active.').waitFor();
    await desk.look('quit');
    await desk.dialog.getByRole('button', { name: 'End all and quit' }).click();
    await eventually(() => expect(() => process.kill(desk.pid, 0)).toThrow());
    expect(ours()).toEqual([]);
  });
});

it.skipIf(process.env.GATEHOUSE_HOST === 'electron')('a second start raises the first and ends', async () => {
  let desk = await openDesk({ userData });
  await closeWindow(desk);
  expect(await startAgain()).toBe(0);
  desk = deskOn({ ...desk, page: await desk.findPage() });
  expect((await desk.snapshot()).vault.state).toBe('unlocked');
  await desk.close();
});

it.skipIf(process.env.GATEHOUSE_HOST === 'electron')(
  'a window whose page crashed comes back by itself, and by a start when it crashes at once again',
  async () => {
    let desk = await openDesk({ userData });
    const shown = async () => {
      desk = deskOn({ ...desk, page: await desk.findPage() });
      expect((await desk.snapshot()).vault.state).toBe('unlocked');
      await desk.row('Nora Lindholm').waitFor();
    };
    const said = async () => ((await desk.control('dialogs')) as string[]).length;
    await crashPage(desk);
    await shown();
    expect(await said()).toBe(0);
    // "Open it again" is the default answer.
    await crashPage(desk);
    await shown();
    expect(await desk.control('dialogs')).toEqual([expect.stringContaining('ended twice within seconds')]);
    await desk.control('answer-dialog', { index: 1 });
    await crashPage(desk);
    await eventually(async () => expect(await said()).toBe(2));
    expect(await startAgain()).toBe(0);
    await shown();
    expect(await desk.close()).toBe(0);
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
