import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atEnd, eventually } from '../e2e/harness.ts';
import { launchGatehouse } from '../e2e/launch.ts';

/** Who may call: the main frame of our own page, and nobody inside or beside it. */
const main = join(import.meta.dirname, 'fixture/gate-main.ts');
/** The fixture is run by Node as it is; the run on Electron sees the built app alone. */
const onElectron = process.env.GATEHOUSE_HOST === 'electron';

async function answers(host: string): Promise<Record<string, unknown>> {
  const app = await launchGatehouse({ main, host: 'chromium', env: { GATE_PAGE_HOST: host } });
  atEnd(() => app.kill());
  return eventually(async () => {
    const found: Record<string, unknown> = {};
    for (const frame of app.page.frames()) {
      const said = await frame.evaluate(() => document.documentElement.dataset.answer);
      if (!said) throw new Error(`${frame.url()} has not said yet whether it was answered.`);
      const place = `${frame.parentFrame() ? 'a frame of ' : ''}${new URL(frame.url()).host.split('.')[0]}`;
      found[place] = JSON.parse(said).ok;
    }
    expect(Object.keys(found)).toHaveLength(3);
    return found;
  });
}

test.skipIf(onElectron)(
  'our page is answered; frames in it, of our own origin or another, are not',
  async () => {
    expect(await answers('gatehouse')).toEqual({
      gatehouse: true,
      'a frame of gatehouse': false,
      'a frame of elsewhere': false,
    });
  },
);

test.skipIf(onElectron)('a page of another origin is not answered, even with our preload', async () => {
  expect(await answers('elsewhere')).toEqual({
    elsewhere: false,
    'a frame of gatehouse': false,
    'a frame of elsewhere': false,
  });
});
