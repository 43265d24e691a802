import { first } from './001-first.ts';
import { receipts } from './002-receipts.ts';
import { unanswered } from './003-unanswered.ts';
import { sealed } from './004-sealed.ts';
import { remoteEndings } from './005-remote-endings.ts';
import type { Migration } from './migration.ts';

/** Every step in order; a change of the tables is one more file and one more line here. */
export const migrations: Migration[] = [first, receipts, unanswered, sealed, remoteEndings];

export const newestVersion = migrations.at(-1)!.version;
