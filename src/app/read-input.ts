import { parseTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'

/** What a text member may look like. */
export interface TextRule {
  readonly max: number
  readonly pattern?: RegExp
}

/** Control characters have no place in what is stored and shown, but for line breaks and tabs. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/**
 * Reads a small input object of an operator member by member, where no schema of ours describes it.
 * Each reader throws `invalid_input` with the member's pointer; {@link InputReader.done} refuses
 * members that nobody asked for.
 */
export class InputReader {
  readonly #members: Readonly<Record<string, unknown>>
  readonly #asked = new Set<string>()

  constructor(input: unknown) {
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      throw refuse('', 'type')
    this.#members = { ...input }
  }

  text(name: string, { max, pattern }: TextRule): string {
    const value = this.#take(name)
    if (value === undefined) throw refuse(`/${name}`, 'required')
    if (typeof value !== 'string') throw refuse(`/${name}`, 'type')
    if (value.length === 0 || value.length > max) throw refuse(`/${name}`, 'maxLength')
    const fits = value.isWellFormed() && !CONTROLS.test(value) && (pattern?.test(value) ?? true)
    if (!fits) throw refuse(`/${name}`, 'pattern')
    return value
  }

  /** `null` where the member is absent or null. */
  optionalText(name: string, rule: TextRule): string | null {
    return this.#isAbsent(name) ? null : this.text(name, rule)
  }

  oneOf<V extends string>(name: string, values: readonly V[]): V {
    const value = this.#take(name)
    const found = values.find((each) => each === value)
    if (found === undefined) throw refuse(`/${name}`, value === undefined ? 'required' : 'enum')
    return found
  }

  optionalOneOf<V extends string>(name: string, values: readonly V[]): V | null {
    return this.#isAbsent(name) ? null : this.oneOf(name, values)
  }

  /** Whole number within bounds, both inclusive. */
  integer(name: string, min: number, max: number): number {
    const value = this.#take(name)
    if (value === undefined) throw refuse(`/${name}`, 'required')
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw refuse(`/${name}`, 'type')
    if (value < min || value > max) throw refuse(`/${name}`, value < min ? 'minimum' : 'maximum')
    return value
  }

  optionalInteger(name: string, min: number, max: number): number | null {
    return this.#isAbsent(name) ? null : this.integer(name, min, max)
  }

  /** RFC 3339 in UTC with three decimals, as epoch ms. */
  time(name: string): number {
    const at = parseTime(this.text(name, { max: 24 }))
    if (at === undefined) throw refuse(`/${name}`, 'format')
    return at
  }

  optionalTime(name: string): number | null {
    return this.#isAbsent(name) ? null : this.time(name)
  }

  boolean(name: string): boolean {
    const value = this.#take(name)
    if (value === undefined) throw refuse(`/${name}`, 'required')
    if (typeof value !== 'boolean') throw refuse(`/${name}`, 'type')
    return value
  }

  optionalBoolean(name: string): boolean | null {
    return this.#isAbsent(name) ? null : this.boolean(name)
  }

  /** As it came, for the caller to check. */
  anything(name: string): unknown {
    return this.#take(name)
  }

  /** To be called last. Unknown members are refused without naming them: their names are input. */
  done(): void {
    if (Object.keys(this.#members).some((name) => !this.#asked.has(name)))
      throw refuse('', 'additionalProperties')
  }

  #take(name: string): unknown {
    this.#asked.add(name)
    return this.#members[name]
  }

  #isAbsent(name: string): boolean {
    const value = this.#take(name)
    return value === undefined || value === null
  }
}

/** @throws MadoguchiError `invalid_input` unless the input is an object. */
export function readInput(input: unknown): InputReader {
  return new InputReader(input)
}

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
