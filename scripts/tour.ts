import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { launchGatehouse } from '../test/e2e/launch.ts';
import { playTour } from './tour/play.ts';

/* The tour: plays the app on the practice servers, a line and a screenshot a step. Ends with 0, or 1 if a step failed. */

const folder = join(import.meta.dirname, '../out/tour');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const app = await launchGatehouse();
let failed = 0;
let number = 0;
try {
  await playTour(app.page, async (words, play) => {
    number += 1;
    const name = `${String(number).padStart(2, '0')}-${words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
    try {
      await play();
      console.log(`ok     ${words}`);
    } catch (error) {
      failed += 1;
      console.log(`failed ${words}: ${error instanceof Error ? error.message : error}`);
    }
    await app.page.screenshot({ path: join(folder, `${name}.png`) });
  });
} finally {
  await app.close();
}
console.log(failed === 0 ? `The tour went well: ${number} steps.` : `${failed} of ${number} steps failed.`);
console.log('Screenshots are in out/tour.');
process.exit(failed === 0 ? 0 : 1);
