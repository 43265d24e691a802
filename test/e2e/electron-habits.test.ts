import { expect, test } from 'vitest';
import { accountOf, appOn, crashPage, eventually, openApp, openPractice, serverOf } from './harness.ts';

/* What Electron does on some systems, or at an unlucky moment. The stand-in host can be told to; Electron can't. */

const onElectron = process.env.GATEHOUSE_HOST === 'electron';

test.skipIf(onElectron)(
  'the window is shown where the system never says that it is ready to be',
  async () => {
    const app = await openApp({ unlockWith: null, env: { GATEHOUSE_E2E_NO_READY: '1' } });
    await eventually(async () =>
      expect(await app.control('windows')).toEqual([{ title: 'Gatehouse', visible: true }]),
    );
    await app.close();
  },
);

test.skipIf(onElectron)(
  'a question that main asks while the page is gone waits for the next one',
  async () => {
    const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
    const app = await openApp();
    const nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
    await app.call('sessions.signIn', { accountId: nora.id });
    await app.session(nora, 'active');
    await crashPage(app);
    await app.control('tray-click', { label: 'Quit' });
    const again = appOn({ ...app, page: await app.findPage() });
    await again.dialog.getByRole('button', { name: 'Stay' }).waitFor();
    await again.dialog.getByRole('button', { name: 'Stay' }).click();
    expect(await again.close()).toBe(0);
  },
);
