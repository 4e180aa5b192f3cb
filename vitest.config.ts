import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: [
      './test/support/needs.ts',
      './test/support/memory-once.ts',
      './test/support/build-once.ts',
      './test/support/postgres-once.ts',
    ],
    reporters: ['default', './test/support/plain-summary.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/generated/**'],
      reporter: ['text-summary'],
      // The command line runs as a child process, where nothing is counted; its tests are in test/cli.
      thresholds: {
        'src/core/**': { lines: 100, branches: 100 },
        'src/signing/**': { lines: 100, branches: 100 },
        'src/ledger/**': { lines: 100, branches: 100 },
        'src/letters/**': { lines: 100, branches: 90 },
        'src/app/**': { lines: 95, branches: 85 },
        'src/http/**': { lines: 95, branches: 85 },
        'src/adapters/**': { lines: 95, branches: 85 },
        'src/schema/**': { lines: 95, branches: 90 },
        'src/config/**': { lines: 95, branches: 90 },
      },
    },
  },
})
