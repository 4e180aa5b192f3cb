import { parseArgs } from 'node:util'
import { COMMON_OPTIONS, type OptionSpecs } from './command.ts'
import { UsageError } from './usage-error.ts'

type Values = Readonly<Partial<Record<string, string | boolean | (string | boolean)[]>>>

/** What was typed after the name of a command. */
export class Flags {
  readonly #values: Values
  readonly #operands: readonly string[]

  constructor(values: Values, operands: readonly string[]) {
    this.#values = values
    this.#operands = operands
  }

  is(name: string): boolean {
    return this.#values[name] === true
  }

  text(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  /** @throws UsageError where the option is missing. */
  need(name: string): string {
    const value = this.text(name)
    if (value === undefined || value === '')
      throw new UsageError(`--${name} を指定してください。`, `--${name} is needed.`)
    return value
  }

  /** Every value of an option that may come several times. */
  all(name: string): readonly string[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  }

  oneOf<V extends string>(name: string, options: readonly V[], byDefault: V): V {
    return this.optionalOneOf(name, options) ?? byDefault
  }

  optionalOneOf<V extends string>(name: string, options: readonly V[]): V | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const found = options.find((option) => option === value)
    if (found !== undefined) return found
    const list = options.join(', ')
    throw new UsageError(`--${name} は次のいずれかです: ${list}`, `--${name} is one of: ${list}`)
  }

  integer(name: string, min: number, max: number, byDefault: number): number {
    const value = this.text(name)
    if (value === undefined) return byDefault
    const number = /^-?\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    throw new UsageError(
      `--${name} は ${min} から ${max} までの整数です。`,
      `--${name} is a whole number from ${min} to ${max}.`,
    )
  }

  /** The operand at a place. @throws UsageError where it is missing. */
  operand(at: number, name: string): string {
    const value = this.#operands[at]
    if (value === undefined)
      throw new UsageError(`${name} を指定してください。`, `${name} is needed.`)
    return value
  }

  optionalOperand(at: number): string | undefined {
    return this.#operands[at]
  }

  get operandCount(): number {
    return this.#operands.length
  }
}

/** Reads arguments by the options of a command. @throws UsageError. */
export function readFlags(args: readonly string[], specs: OptionSpecs): Flags {
  const options = Object.fromEntries(
    Object.entries({ ...COMMON_OPTIONS, ...specs }).map(([name, spec]) => [
      name,
      {
        type: 'value' in spec ? ('string' as const) : ('boolean' as const),
        multiple: 'multiple' in spec,
      },
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    return new Flags(values, positionals)
  } catch (fault) {
    throw asUsageError(fault)
  }
}

/** The parser's own words quote what was typed, so only the name of an option is taken from them. */
function asUsageError(fault: unknown): UsageError {
  const message = fault instanceof Error ? fault.message : ''
  const option = /--[a-z][a-z-]{0,40}/.exec(message)?.[0]
  const code = fault instanceof Error && 'code' in fault ? fault.code : ''
  if (option !== undefined && code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return new UsageError(
      `${option} の書き方が正しくありません（値が「-」で始まるときは ${option}=値 と書きます）。`,
      `${option} is not written that way (for a value that begins with "-" write ${option}=VALUE).`,
    )
  return new UsageError(
    option === undefined ? '引数を読み取れません。' : `${option} というオプションはありません。`,
    option === undefined ? 'The arguments cannot be read.' : `There is no option ${option}.`,
  )
}
