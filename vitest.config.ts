import { defineConfig } from 'vitest/config';

// Vite adds 'import' or 'require' itself, as each importer needs; Node gets the same list.
const conditions = ['@gaitway/source', 'module', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['libs/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'examples/*.test.ts'],
    testTimeout: 30_000,
    maxWorkers: '100%', // many tests wait for processes of their own: by itself Vitest leaves one processor idle
  },
});
