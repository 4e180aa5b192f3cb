import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const LIMITS = { testTimeout: 60_000, hookTimeout: 60_000 }

const allOf = (...names: string[]): string[] => names.map((name) => `test/${name}/**/*.test.ts`)
/** The laws, the kills and the loop, on any pair of a store and a queue. */
const LAWS = [...allOf('laws', 'chaos', 'model'), 'test/app/{loop,processes,two-desks}.test.ts']
/** Every whole desk. */
const DESKS = allOf('app', 'http', 'laws', 'chaos', 'model')
/** They look at the files of the embedded store, or run it as a child process. */
const EMBEDDED_ONLY = ['test/chaos/sync.test.ts', 'test/laws/law-11-demo-log.test.ts']

function desksOn(
  store: string,
  queue: string,
  include: readonly string[],
): TestProjectInlineConfiguration {
  return {
    test: {
      ...LIMITS,
      name: `${store}+${queue}`,
      include: [...include],
      exclude: EMBEDDED_ONLY,
      env: { TEST_STORE: store, TEST_QUEUE: queue },
    },
  }
}

export default defineConfig({
  test: {
    globalSetup: [
      './test/support/needs.ts',
      './test/support/memory-once.ts',
      './test/support/build-once.ts',
      './test/support/postgres-once.ts',
    ],
    reporters: ['default', './test/support/plain-summary.ts'],
    maxWorkers: '100%',
    projects: [
      { test: { ...LIMITS, name: 'sqlite+memory', include: ['test/**/*.test.ts'] } },
      desksOn('sqlite', 'redis', LAWS),
      desksOn('postgres', 'memory', LAWS),
      desksOn('postgres', 'redis', DESKS),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: ['src/generated/**'],
      reporter: ['text-summary'],
      // The command line runs as a child process, where nothing is counted; its tests are in test/cli.
      thresholds: {
        'src/core/*.ts': { lines: 100, branches: 100 },
        'src/core/transition/**': { lines: 100, branches: 100 },
        'src/core/statistics/**': { lines: 100, branches: 90 },
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
