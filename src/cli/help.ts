import { COMMON_OPTIONS, type Command, type OptionSpec } from './command.ts'
import type { Output } from './output.ts'
import { padText, textWidth, wrapText } from './text-width.ts'

const WIDTH = 96

/** Prints every command with one line each. */
export function printOverview(commands: readonly Command[], out: Output): void {
  if (out.isJson) {
    out.record(commands.map(({ name, summary }) => ({ name, summary: out.text(summary) })))
    return
  }
  out.say({ ja: '窓口（Madoguchi）', en: 'Madoguchi' })
  out.say('')
  printPairs(
    commands.map((command) => [usageOf(command), out.text(command.summary)]),
    out,
  )
  out.say('')
  out.say({
    ja: '詳しくは: madoguchi コマンド --help　　言語: --lang ja|en',
    en: 'More: madoguchi COMMAND --help    Language: --lang ja|en',
  })
}

/** Prints what one command does and takes. */
export function printHelp(command: Command, out: Output): void {
  out.say(`madoguchi ${usageOf(command)}`)
  out.say('')
  for (const line of wrapText(out.text(command.summary), WIDTH)) out.say(line)
  out.say('')
  printPairs(
    Object.entries<OptionSpec>({ ...command.options, ...COMMON_OPTIONS }).map(([name, spec]) => [
      spec.value === undefined ? `--${name}` : `--${name} ${spec.value}`,
      out.text(spec.text),
    ]),
    out,
  )
  if (command.more === undefined) return
  out.say('')
  for (const paragraph of out.text(command.more()).split('\n'))
    for (const line of wrapText(paragraph, WIDTH)) out.say(line)
}

/** `senders add FILE`. */
export function usageOf({ name, operands = [] }: Command): string {
  return [name, ...operands].join(' ')
}

function printPairs(pairs: readonly (readonly [string, string])[], out: Output): void {
  const width = Math.max(...pairs.map(([left]) => textWidth(left)))
  for (const [left, right] of pairs) {
    const [first = '', ...others] = wrapText(right, Math.max(30, WIDTH - width - 4))
    out.say(`  ${padText(left, width)}  ${first}`)
    for (const line of others) out.say(`  ${padText('', width)}  ${line}`)
  }
}
