import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Before any test: `dist` is what `src` says, for the tests that run the command line as a child. */
export function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  })
}
