import type { PracticeOptions, PracticeServer, PracticeStart } from './common/types.ts';
import { startCyclos } from './cyclos/index.ts';
import { startEnhance } from './enhance/index.ts';
import { startKoyeb } from './koyeb/index.ts';
import { startNextAuth } from './nextauth/index.ts';

interface Program {
  vendor: string;
  /** Tells its port and its seed from those of the others: --port-NAME. */
  name: string;
  start(options: PracticeOptions, chosen: PracticeStart): Promise<PracticeServer>;
  /** Started only then; always when absent. */
  when?(chosen: PracticeStart): boolean;
}

/** Every practice server; a new vendor's is one more line here. */
export const programs: Program[] = [
  {
    vendor: 'enhance',
    name: 'enhance',
    start: (options, { logins = 0 }) => startEnhance({ ...options, logins }),
  },
  {
    vendor: 'cyclos',
    name: 'cyclos',
    start: (options, { cyclos }) =>
      startCyclos({ ...options, generation: cyclos === '4.11' ? '4.11' : '4.16' }),
  },
  {
    vendor: 'cyclos',
    name: 'cyclos411',
    start: (options) => startCyclos({ ...options, generation: '4.11' }),
    when: ({ cyclos }) => cyclos === 'both',
  },
  { vendor: 'nextauth', name: 'nextauth', start: startNextAuth },
  { vendor: 'koyeb', name: 'koyeb', start: startKoyeb },
];
