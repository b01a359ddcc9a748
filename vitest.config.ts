import { defineConfig } from 'vitest/config';

// Vite adds 'import' or 'require' itself, as each importer needs; Node gets the same list.
const conditions = ['@gaitway/source', 'module', 'node'];

/** Tests that take minutes each: `npm run test:long` runs them. */
const LONG = 'apps/*/src/**/*.long.test.ts';

/** Ends a test that hangs, and decides nothing else: a busy machine takes many times as long as an idle one. */
const PATIENCE_MS = 600_000;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    projects: [
      // Files of a worker share what they import: to load it anew for each takes longer than most of the tests.
      { extends: true, test: { name: 'unit', include: ['libs/*/src/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['apps/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'examples/*.test.ts', 'benchmarks/*.test.ts'],
          exclude: [LONG],
        },
      },
      { extends: true, test: { name: 'long', include: [LONG] } },
    ],
    coverage: {
      include: ['libs/core/src/**', 'libs/protocol/src/**', 'libs/secure-aggregation/src/**'],
      exclude: ['**/testing/**', '**/*.contract.ts'],
      thresholds: {
        'libs/core/src/**': { lines: 95, branches: 90 },
        'libs/protocol/src/**': { lines: 95, branches: 90 },
        'libs/secure-aggregation/src/**': { lines: 95, branches: 90 },
      },
    },
    maxWorkers: '100%', // many tests wait for processes of their own: by itself Vitest leaves one processor idle
  },
});
