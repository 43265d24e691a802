import type { Bench } from './row.ts';

/* Measures the entry that is named as argument, in a process of its own, and tells the parent its rows. */
// The parent is gone: nothing may be left running.
process.once('disconnect', () => process.exit(1));
const { measure } = (await import(`./${process.argv[2]}.ts`)) as Bench;
process.send?.(await measure(), () => process.exit(0));
