import type { Reporter, TestModule } from 'vitest/node'

/** Prints the one closing line that a gate can count: `N passed, N failed, N skipped`. */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      if (module.state() === 'failed' && module.children.size === 0) count.failed += 1
      for (const test of module.children.allTests()) count[test.result().state] += 1
    }
    const skipped = count.skipped + count.pending
    if (skipped > 0) process.exitCode = 1
    const line = `${String(count.passed)} passed, ${String(count.failed)} failed, ${String(skipped)} skipped`
    // Last of all, after the summary of coverage.
    process.once('exit', () => {
      process.stdout.write(`\n${line}\n`)
    })
  }
}
