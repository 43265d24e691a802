import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, calm, empty, full, many, remote, session } from '../fixture/sample.ts';

/** The real window, built as it ships and under its own policy, over a bridge that answers what each test says. */
let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

async function open(snapshot: Snapshot, rest: Answers = {}, width = 1280, height = 800) {
  page = await harness.open({ answers: answersFor(snapshot, rest), width, height });
}
const list = () => page.getByRole('treegrid', { name: 'Accounts by vendor' });
const row = (name: RegExp) => list().getByRole('row', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const calls = (channel: string) =>
  page.evaluate((wanted) => window.fixture.calls.filter((call) => call.channel === wanted), channel);

async function showSession() {
  await row(/Northwind panel.*Reseller EU/).click();
  await page.getByText('Safari 26').waitFor();
}

/** Signs in by the palette to an account that is signed in. */
async function askTwice() {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('sign in to northwind');
  await page.getByRole('option', { name: /Sign in to Northwind panel/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').getByText('Northwind panel is signed in to').waitFor();
}

const scenes: Record<string, () => Promise<void>> = {
  'empty desk': () => open(empty),
  session: async () => {
    await open(calm);
    await showSession();
  },
  'session at 900 × 600': async () => {
    await open(calm, {}, 900, 600);
    await showSession();
  },
  'failed sign-in': async () => {
    await open(calm);
    await row(/Community bank/).click();
  },
  'practice account': async () => {
    await open(calm);
    await row(/Practice panel/).click();
  },
  'account form with an error': async () => {
    await open(calm);
    await page.keyboard.press('Control+n');
    await button('Add account').click();
    await page.getByText('Base URL is needed.').waitFor();
  },
  'quick open': async () => {
    await open(calm);
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
  },
  'switch realm': async () => {
    await open(calm);
    await showSession();
    await button('Switch realm').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Show the session in Fjord Web' }).waitFor();
  },
  'signed in already': async () => {
    await open(calm, { 'sessions.signIn': { ok: true, value: { sessionId: 's2', openAlready: true } } });
    await askTwice();
  },
  keys: async () => {
    await open(calm);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  },
  'endings not confirmed': async () => {
    await open(calm);
    await button(/not confirmed/).click();
    await page.getByRole('dialog').waitFor();
  },
};

test.each(Object.entries(scenes))('%s: nothing that axe objects to, in both themes', async (_, show) => {
  await show();
  expect(await objections(page)).toEqual([]);
});

describe('the account list', () => {
  test('draws a screenful of 1,000 accounts and reaches the last one by keyboard', async () => {
    await open(many(1000));
    expect(await list().getAttribute('aria-rowcount')).toBe('1004');
    expect(await list().getByRole('row').count()).toBeLessThan(45);
    await list().focus();
    await page.keyboard.press('End');
    await row(/Account 1000/).waitFor();
    expect(await row(/Account 1000/).getAttribute('aria-selected')).toBe('true');
  });

  test('renders only the row whose session changed', async () => {
    await open(calm);
    const before = await row(/Left Coast/).elementHandle();
    await page.evaluate((value) => window.fixture.change([{ entity: 'session', id: value.id, value }]), {
      ...session('s6', 'door', { vendor: 'nextauth' }),
      state: 'expired' as const,
    });
    await row(/Door server.*Expired/).waitFor();
    expect(await row(/Left Coast/).evaluate((now, then) => now === then, before)).toBe(true);
  });

  test('opens the row’s menu by Shift+F10 and gives the focus back', async () => {
    await open(calm);
    await row(/Staging server/).click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Edit account' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'treegrid');
  });

  test('signs in by Enter on a row that is signed out', async () => {
    await open(calm, { 'sessions.signIn': { ok: true, value: { sessionId: 's1' } } });
    await row(/Staging server/).click();
    await page.keyboard.press('Enter');
    expect(await calls('sessions.signIn')).toEqual([
      { channel: 'sessions.signIn', input: { accountId: 'staging' } },
    ]);
  });

  test('Ctrl and Shift gather rows from the one that was chosen, Ctrl A takes all', async () => {
    await open(calm);
    await row(/Left Coast/).click();
    await row(/Community bank/).click({ modifiers: ['Control'] });
    await page.getByText('2 selected').waitFor();
    await row(/Koyeb prod/).click({ modifiers: ['Control'] });
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Escape');
    await row(/Left Coast/).click();
    await page.keyboard.press('Control+a');
    await page.getByText('9 selected').waitFor();
  });

  test('Down leads from the filter into the list, Enter takes the only account that is left', async () => {
    await open(calm);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('koyeb stag');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Koyeb staging' }).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.id === 'account-list');
  });

  test('filters by name and by tag', async () => {
    await open(calm);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('koyeb stag');
    await page.waitForFunction(
      () => document.querySelectorAll('aside [role="row"][aria-level]').length === 2,
    );
    await page.keyboard.press('Escape');
    await button('Filter by tag').click();
    await page.getByRole('menuitem', { name: 'resellers' }).click();
    await page.waitForFunction(
      () => document.querySelectorAll('aside [role="row"][aria-level]').length === 4,
    );
  });
});

describe('a session', () => {
  test('ends another session only after a question, and shows a refusal in it', async () => {
    await open(calm, {
      'sessions.endRemote': {
        ok: false,
        failure: { kind: 'forbidden', message: 'The panel does not allow that.' },
      },
    });
    await showSession();
    await button('End the session in an unknown place').click();
    expect(await calls('sessions.endRemote')).toHaveLength(0);
    await button('End session').click();
    await page.getByRole('alertdialog').getByText('The panel does not allow that.').waitFor();
    expect(await calls('sessions.endRemote')).toEqual([
      { channel: 'sessions.endRemote', input: { sessionId: 's1', remoteId: 'r4' } },
    ]);
  });

  test('says that a list as long as what is kept of one may have been longer', async () => {
    const more = Array.from({ length: 1_000 - remote.length }, (_, index) => `more ${index}`);
    const rows = [
      ...remote,
      ...more.map((id) => ({
        ...remote[0]!,
        id,
        mark: 'other',
        browser: 'Another',
        openedAt: null,
      })),
    ];
    await open(calm, { 'sessions.remote': { ok: true, value: rows } });
    await showSession();
    await page.getByText('The first 1,000 are shown; there may be more.').waitFor();
  });

  test('warns of a session that only looks like this one, and offers its end', async () => {
    const warning =
      'A session carries the mark of this one but is not it: somebody may have copied the mark.';
    const rows = remote.map((one) => (one.id === 'r2' ? { ...one, warning } : one));
    await open(calm, { 'sessions.remote': { ok: true, value: rows } });
    await showSession();
    const section = page.getByRole('region', { name: /^Sessions/ });
    await section.getByText(`Suspicious: ${warning}`).waitFor();
    expect(await section.getByRole('row', { name: /suspicious/ }).count()).toBe(1);
    expect(await objections(page)).toEqual([]);
    await section
      .getByRole('row', { name: /Firefox 151.*/ })
      .getByRole('button', { name: /^End/ })
      .click();
    await page.getByRole('alertdialog').getByText(warning, { exact: false }).waitFor();
    await button('End session').click();
    expect(await calls('sessions.endRemote')).toEqual([
      { channel: 'sessions.endRemote', input: { sessionId: 's1', remoteId: 'r2' } },
    ]);
  });

  test('keeps the other sections when one fails, and asks that one again', async () => {
    await open(calm, {
      'sessions.remote': { ok: false, failure: { kind: 'timeout', message: 'The panel did not answer.' } },
    });
    await row(/Northwind panel.*Reseller EU/).click();
    await page.getByText('The panel did not answer.').waitFor();
    await page.getByText('SuperAdmin, Support').waitFor();
    await page.evaluate(() => {
      window.fixture.answers['sessions.remote'] = { ok: true, value: [] };
    });
    await button('Try again').click();
    await page.getByText('The vendor lists no session of this login.').waitFor();
  });

  test('shows what came before at once when one comes back', async () => {
    await open(calm);
    await showSession();
    await row(/Staging server/).click();
    await page.evaluate(() => {
      window.fixture.answers['sessions.remote'] = 'never';
    });
    await row(/Northwind panel.*Reseller EU/).click();
    await page.getByText('Safari 26').waitFor();
    expect(await calls('sessions.remote')).toHaveLength(1);
  });

  test('shows no section that the vendor has no ability for', async () => {
    await open(calm);
    await row(/Left Coast/).click();
    await page.getByRole('heading', { name: 'Who am I' }).waitFor();
    expect(await page.getByText('Memberships').count()).toBe(0);
    expect(await button('Switch network').count()).toBe(0);
  });

  test('keeps the reason of a failure until it is dismissed', async () => {
    await open(calm);
    await row(/Community bank/).click();
    await page.getByText('Cyclos has blocked this user').waitFor();
    await button('Dismiss').click();
    expect(await calls('sessions.dismiss')).toEqual([
      { channel: 'sessions.dismiss', input: { sessionId: 's5' } },
    ]);
  });

  test('moves to another realm from the dialog', async () => {
    const closed = calm.sessions.map((one) => (one.id === 's2' ? { ...one, state: 'ended' as const } : one));
    await open(
      { ...calm, sessions: closed },
      { 'sessions.switchRealm': { ok: true, value: { sessionId: 's2', openAlready: false } } },
    );
    await showSession();
    await button('Switch realm').click();
    await button('Switch to Fjord Web').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await calls('sessions.switchRealm')).toMatchObject([{ input: { sessionId: 's1', how: 'move' } }]);
    expect(await page.title()).toBe('Northwind panel · Fjord Web · Gatehouse');
  });
});

describe('the realm is switched by keys', () => {
  const switched = {
    'sessions.switchRealm': { ok: true, value: { sessionId: 's2', openAlready: false } },
  } as const;
  const closed = calm.sessions.map((one) => (one.id === 's2' ? { ...one, state: 'ended' as const } : one));

  test('Ctrl E, three letters, Enter', async () => {
    await open({ ...calm, sessions: closed }, switched);
    await showSession();
    await page.keyboard.press('Control+e');
    await button('Switch to Fjord Web').waitFor();
    await page.keyboard.type('fjo');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await calls('sessions.switchRealm')).toMatchObject([
      { input: { sessionId: 's1', how: 'move', realm: { name: 'Fjord Web' } } },
    ]);
  });

  test('Down chooses the next, Shift Enter opens it as well', async () => {
    await open({ ...calm, sessions: closed }, switched);
    await showSession();
    await page.keyboard.press('Control+e');
    await button('Switch to Fjord Web').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const [first, ...others] = (await calls('sessions.switchRealm')) as {
      input: { how: string; realm: { name: string } };
    }[];
    expect(others).toEqual([]);
    expect(first?.input.how).toBe('beside');
    expect(first?.input.realm.name).toBe('Fjord Web');
  });
});

describe('a realm in which a session is open already', () => {
  const inFjord = 'Northwind panel · Fjord Web · Gatehouse';
  const switched = { ok: true, value: { sessionId: 's2', openAlready: true } } as const;
  const again = async (channel: string) =>
    (await calls(channel)).map(({ input }) => (input as { again?: boolean }).again);

  test('is shown from the dialog and from the memberships; another is opened on request', async () => {
    await open(calm, {
      'sessions.switchRealm': { ok: true, value: { sessionId: 's2', openAlready: false } },
    });
    await showSession();
    await page
      .getByRole('region', { name: 'Memberships' })
      .getByRole('button', { name: 'Show the session in Fjord Web' })
      .click();
    await expect.poll(() => page.title()).toBe(inFjord);
    await showSession();
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('button', { name: 'Switch to Fjord Web' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Show the session in Fjord Web' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.title()).toBe(inFjord);
    expect(await calls('sessions.switchRealm')).toEqual([]);

    await showSession();
    await page.keyboard.press('Control+e');
    await dialog.getByRole('button', { name: 'Open Fjord Web as well' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await calls('sessions.switchRealm')).toMatchObject([
      { input: { sessionId: 's1', realm: { id: 'fjord' }, how: 'beside', again: true } },
    ]);
  });

  test('is shown for a typed realm too, and another is opened on request only', async () => {
    const vendors = calm.vendors.map((vendor) => ({
      ...vendor,
      otherRealm: { label: 'Another', placeholder: '', help: '' },
    }));
    await open({ ...calm, vendors }, { 'sessions.switchRealm': switched });
    await showSession();
    await button('Switch realm').click();
    await page.getByRole('textbox', { name: 'Another' }).fill('fjord');
    await page.getByRole('dialog').getByRole('button', { name: 'Switch', exact: true }).click();
    const asked = page.getByRole('alertdialog', { name: 'Signed in already' });
    await asked.waitFor();
    expect(await page.title()).toBe(inFjord);
    await asked.getByRole('button', { name: 'Open as well' }).click();
    await expect.poll(() => again('sessions.switchRealm')).toEqual([undefined, true]);
  });

  test('is asked about at a sign-in by the palette, and by keys alone left as it is', async () => {
    await open(calm, { 'sessions.signIn': switched });
    await askTwice();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await again('sessions.signIn')).toEqual([undefined]);
    expect(await page.title()).toBe(inFjord);

    await askTwice();
    await button('Open as well').click();
    await expect.poll(() => again('sessions.signIn')).toEqual([undefined, undefined, true]);
    // What says “once more” is not asked about.
    await page.keyboard.press('Escape');
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Sign in once more' }).click();
    await expect.poll(async () => (await again('sessions.signIn')).at(-1)).toBe(true);
  });
});

describe('the account form', () => {
  test('lets a value be typed to its end while other fields still lack theirs', async () => {
    await open(calm);
    await page.keyboard.press('Control+n');
    await button('Add account').click();
    await page.getByText('Base URL is needed.').waitFor();
    await page.keyboard.type('https://panel');
    expect(await page.getByLabel('Base URL').inputValue()).toBe('https://panel');
    expect(await page.getByText('Password is needed.').count()).toBe(1);
  });

  test('takes what main said of a realm away once its id is changed', async () => {
    const failure = { kind: 'invalid' as const, message: 'No.', fields: { 'realm.id': 'Not a realm id.' } };
    await open(calm, { 'accounts.change': { ok: false, failure } });
    await row(/Northwind panel.*Reseller EU/).click();
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Edit account' }).click();
    await button('Save changes').click();
    await page.getByText('Not a realm id.').waitFor();
    await page.getByLabel('Realm id').fill('eu-2');
    expect(await page.getByText('Not a realm id.').count()).toBe(0);
  });

  test('loses nothing on a failure and puts the sentence at its field', async () => {
    await open(calm, {
      'accounts.add': {
        ok: false,
        failure: {
          kind: 'invalid',
          message: 'That address can’t be used.',
          fields: { baseUrl: 'Needs https.' },
        },
      },
    });
    await page.keyboard.press('Control+n');
    await page.getByLabel('Base URL').fill('http://panel.example');
    await page.getByLabel('E-mail').fill('a@example.org');
    await page.getByLabel('Password', { exact: true }).fill('pass word ');
    await page.getByLabel('Label').fill('New one');
    await button('Add account').click();
    await page.getByText('Needs https.').waitFor();
    expect(await page.getByLabel('Base URL').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('pass word ');
    expect(await calls('accounts.add')).toMatchObject([{ input: { values: { password: 'pass word ' } } }]);
  });

  test('tells the steps of a test, and that a second factor is asked for', async () => {
    await open(calm, {
      'accounts.test': {
        ok: true,
        value: { steps: ['Found the panel.'], needsPrompt: 'It asks for a PIN.', realms: [] },
      },
    });
    await row(/Brightside/).click();
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Edit account' }).click();
    await button('Test').click();
    await page.getByText('Found the panel.').waitFor();
    await page.getByText('It asks for a PIN.').waitFor();
    const [call] = await calls('accounts.test');
    expect(JSON.stringify(call)).not.toContain('password');
  });
});

describe('the frame', () => {
  test('offers two ways to begin on an empty desk', async () => {
    await open(empty);
    await button('Use the practice servers').click();
    expect(await calls('practice.start')).toHaveLength(1);
    await button('Add an account').click();
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
  });

  test('finds by realm and goes there by Enter', async () => {
    await open(calm);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('fjord');
    await page
      .getByRole('option', { name: /Fjord Web/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.title.includes('Fjord Web'));
  });

  test('offers everywhere first, then shifts, realms and vendors, and to choose in Live', async () => {
    await open({
      ...calm,
      shifts: [{ id: 'm', name: 'Morning desk', members: [{ accountId: 'northwind', realm: null }] }],
    });
    await button('Sign out…').click();
    const menu = page.getByRole('menu', { name: 'Sign out' });
    const [first] = await menu.getByRole('menuitem').allInnerTexts();
    expect(first).toMatch(/^Sign out everywhere/);
    const heads = await menu.getByText(/^By /).allInnerTexts();
    expect(heads).toEqual(['By shift', 'By realm', 'By vendor']);
    const box = await menu.locator('..').boundingBox();
    expect(box?.height).toBeLessThanOrEqual(440);
    await menu.getByRole('menuitem', { name: 'Reseller EU' }).click();
    expect(await calls('sessions.endTogether')).toEqual([
      {
        channel: 'sessions.endTogether',
        input: { title: 'Reseller EU', sessionIds: ['s1'], canUndo: true },
      },
    ]);
    await button('Sign out…').click();
    await page.getByRole('menuitem', { name: 'Choose in Live…' }).click();
    await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'live-table');
  });

  test('signs out everywhere at one choice, from the menu and by words', async () => {
    await open(calm);
    await button('Sign out…').click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    expect(await calls('sessions.signOutEverywhere')).toHaveLength(1);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sign out everywhere');
    await page.getByRole('option', { name: 'Sign out everywhere' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await calls('sessions.signOutEverywhere')).toHaveLength(2);
  });

  test('says when an action failed and what to do', async () => {
    await open(calm, {
      'sessions.signIn': {
        ok: false,
        failure: { kind: 'vault-locked', message: 'Locked.', advice: 'Unlock it first.' },
      },
    });
    await row(/Staging server/).click();
    await button('Sign in').click();
    await page.getByText('Unlock it first.').waitFor();
  });

  test('takes the theme from the settings over the system’s', async () => {
    await open({ ...calm, settings: { ...calm.settings, theme: 'dark' } });
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
  });
});

describe('six boxes that are one field', () => {
  const field = () => page.getByRole('textbox', { name: /PIN|code/i });
  test('takes a pasted code with blanks whole, wherever the caret stood', async () => {
    await open(full);
    await button(/^Prompts/).click();
    await field().fill('12');
    await field().evaluate((element) => {
      const data = new DataTransfer();
      data.setData('text', '407 193');
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    expect(await field().inputValue()).toBe('407193');
  });

  test('is typed in and taken back like any text', async () => {
    await open(full);
    await button(/^Prompts/).click();
    await field().focus();
    await page.keyboard.type('4071');
    await page.keyboard.press('Backspace');
    expect(await field().inputValue()).toBe('407');
  });
});

describe('what the first screen does without', () => {
  const held = '**/later-*.js';

  test('is shown as soon as it is read, also what was asked for before', async () => {
    await open(calm);
    let letGo = () => {};
    const asked = new Promise<void>((done) => {
      letGo = done;
    });
    await page.route(held, async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload();
    await row(/Northwind panel.*Reseller EU/).waitFor();
    await page.keyboard.press('Control+k');
    await row(/Northwind panel.*Reseller EU/).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    letGo();
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Safari 26').waitFor();
    await page.unroute(held);
  });

  test('can’t be read: the window says so, and can be loaded again', async () => {
    await open(calm);
    const before = harness.complaints.length;
    await page.route(held, (route) => route.abort());
    await page.reload();
    await page.getByText('The window can’t be shown.').waitFor();
    await page.unroute(held);
    harness.complaints.splice(before);
    await button('Load the window again').click();
    await row(/Northwind panel.*Reseller EU/).waitFor();
  });
});

test('a lock takes the account out of the title and the messages', async () => {
  const failure = { kind: 'network' as const, message: 'Staging server can’t be reached.' };
  await open(calm, { 'sessions.signIn': { ok: false, failure } });
  await row(/Staging server/).click();
  await page.keyboard.press('Enter');
  const messages = page.getByRole('region', { name: 'Messages' });
  await messages.getByText(failure.message).waitFor();
  expect(await page.title()).toContain('Staging server');
  await page.evaluate((value) => window.fixture.change([{ entity: 'vault', value }]), {
    ...calm.vault,
    state: 'locked' as const,
  });
  await page.getByRole('heading', { name: 'Gatehouse is locked' }).waitFor();
  expect(await page.title()).toBe('Gatehouse');
  expect(await messages.textContent()).toBe('');
});

test('a lock drops what the window has read of the vendor: after it the vendor is asked again', async () => {
  await open(calm);
  await showSession();
  const lock = (state: 'locked' | 'unlocked') =>
    page.evaluate((value) => window.fixture.change([{ entity: 'vault', value }]), { ...calm.vault, state });
  await lock('locked');
  await page.getByRole('heading', { name: 'Gatehouse is locked' }).waitFor();
  await lock('unlocked');
  await page.getByText('Safari 26').waitFor();
  expect(await calls('sessions.remote')).toHaveLength(2);
});

test('another way in sends what its form begins with, too, and asks only for what is missing', async () => {
  const field = { required: true, secret: false };
  const way = {
    id: 'staff',
    label: 'Sign in by staff number',
    fields: [
      {
        ...{ ...field, name: 'site', label: 'Site', type: 'select' as const },
        options: [
          { value: 'north', label: 'North' },
          { value: 'south', label: 'South' },
        ],
      },
      { ...field, name: 'number', label: 'Staff number', type: 'text' as const },
    ],
  };
  const vendors = calm.vendors.map((vendor) =>
    vendor.id === 'nextauth' ? { ...vendor, ways: [way] } : vendor,
  );
  await open({ ...calm, vendors }, { 'sessions.signIn': { ok: true, value: { sessionId: 'new' } } });
  await row(/Staging server/).click();
  await button('Other ways').click();
  await page.getByRole('menuitem', { name: way.label }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.getByText('Staff number is needed.').waitFor();
  expect(await dialog.getByText('Site is needed.').count()).toBe(0);
  await dialog.getByRole('textbox', { name: 'Staff number' }).fill('4711');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect
    .poll(async () => (await calls('sessions.signIn')).map(({ input }) => input))
    .toMatchObject([{ way: 'staff', values: { site: 'north', number: '4711' } }]);
});
