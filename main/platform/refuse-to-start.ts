import { app, dialog } from 'electron';
import { dropWeakening, whyNotStart } from './start-guard.ts';

/* Imported before everything else, so that no room has looked at the environment yet. */

const why = whyNotStart({
  argv: process.argv.slice(1),
  env: process.env,
  packed: app.isPackaged,
  root: process.getuid?.() === 0,
});
dropWeakening(process.env);
if (why) {
  process.stderr.write(`${why}\n`);
  // On Linux the box would only say it on stderr again.
  if (process.platform !== 'linux') dialog.showErrorBox('Gatehouse can’t start', why);
  process.exit(1);
}
