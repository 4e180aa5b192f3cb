import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import { readFlags } from './flags.ts'
import { printHelp, printOverview, usageOf } from './help.ts'
import { PROGRAM } from './next-command.ts'
import { allowClosedPipe, Output, printError } from './output.ts'
import { reportFault } from './report-fault.ts'
import { UsageError } from './usage-error.ts'

/**
 * Runs one command line and sets the exit code: 0 all well, 1 something is wrong, 2 wrong use. Never
 * rejects.
 */
export async function run(args: readonly string[]): Promise<void> {
  allowClosedPipe()
  const out = outputFor(args)
  const command = findCommand(args)
  try {
    process.exitCode = await dispatch(args, command, out)
  } catch (fault) {
    process.exitCode = reportFault(fault, out)
    if (fault instanceof UsageError && command !== undefined && !out.isJson)
      printError(`  madoguchi ${usageOf(command)}`)
  }
}

/** Faults are told in the language that was asked for, even where the rest can't be read. */
function outputFor(args: readonly string[]): Output {
  const at = args.indexOf('--lang')
  const isEnglish = args.includes('--lang=en') || (at >= 0 && args[at + 1] === 'en')
  return new Output({ lang: isEnglish ? 'en' : 'ja', isJson: args.includes('--json') })
}

function findCommand(args: readonly string[]): Command | undefined {
  const [first = '', second = ''] = args
  return (
    COMMANDS.find(({ name }) => name === `${first} ${second}`) ??
    COMMANDS.find(({ name }) => name === first)
  )
}

async function dispatch(
  args: readonly string[],
  command: Command | undefined,
  out: Output,
): Promise<0 | 1 | 2> {
  if (command === undefined) return withoutCommand(args, out)
  const rest = args.slice(command.name.split(' ').length)
  const flags = readFlags(rest, command.options ?? {})
  flags.oneOf('lang', ['ja', 'en'], 'ja')
  if (flags.is('help')) {
    printHelp(command, out)
    return 0
  }
  const operands = command.operands ?? []
  if (flags.operandCount > operands.length)
    throw new UsageError('余分な引数があります。', 'There is one argument too many.')
  return command.run({ flags, out })
}

/** Help, for everything or for a group like `senders`; asked for it is all well, else wrong use. */
function withoutCommand(args: readonly string[], out: Output): 0 | 2 {
  const [first] = args.filter((arg) => !arg.startsWith('-') && arg !== 'ja' && arg !== 'en')
  const asksForHelp = args.includes('--help') || first === 'help'
  const isWhole = first === undefined || first === 'help'
  const shown = isWhole ? COMMANDS : COMMANDS.filter(({ name }) => name.startsWith(`${first} `))
  if (shown.length === 0)
    throw new UsageError(
      `そのコマンドはありません。一覧: ${PROGRAM} help`,
      `There is no such command. List: ${PROGRAM} help`,
    )
  printOverview(shown, out)
  return asksForHelp ? 0 : 2
}
