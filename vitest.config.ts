import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    // The runner's own choice leaves one core idle; on a machine of two that is half of it.
    maxWorkers: Math.max(2, availableParallelism()),
    // Tests wait for conditions; how long a busy machine may take to meet one is no test's business.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'test/{main,preload,renderer,practice,stand-in,scripts}/**/*.test.{ts,tsx}',
            'test/*.test.ts',
          ],
          globalSetup: ['test/renderer/fixture/global-setup.ts', 'test/documents/global-setup.ts'],
          setupFiles: 'test/documents/record.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // After the unit tests, whose exchanges it looks at.
          name: 'documents',
          include: ['test/documents/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/{e2e,security}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
