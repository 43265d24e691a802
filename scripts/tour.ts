import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchGatehouse } from '../test/e2e/launch.ts';

/* The tour: plays the app on the practice server, a line and a screenshot a step. Ends with 0, or 1 if a step failed. */

const folder = join(import.meta.dirname, '../out/tour');
mkdirSync(folder, { recursive: true });
let failed = false;

const app = await launchGatehouse();
try {
  await step('01-open', 'Gatehouse opens', async () => {
    await app.page.waitForSelector('html[data-ready="true"]', { state: 'attached' });
  });
} finally {
  await app.close();
}
process.exit(failed ? 1 : 0);

async function step(name: string, words: string, play: () => Promise<void>): Promise<void> {
  try {
    await play();
    console.log(`ok    ${words}`);
  } catch (error) {
    failed = true;
    console.log(`fails ${words}: ${error instanceof Error ? error.message : error}`);
  }
  await app.page.screenshot({ path: join(folder, `${name}.png`) });
}
