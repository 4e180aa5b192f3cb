#!/usr/bin/env node
import { printError } from './output.ts'

// Nothing else is imported here: what follows needs a newer Node than this line does.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  void import('./run.ts').then(({ run }) => run(process.argv.slice(2)))
} else {
  printError(
    `Node ${process.versions.node} では動きません。Node 22.18 以上が必要です（npm run -s madoguchi -- … なら同梱の Node で動きます）。\n` +
      `This is Node ${process.versions.node}; Node 22.18 or newer is needed (npm run -s madoguchi -- … uses the one that comes along).`,
  )
  process.exitCode = 2
}
