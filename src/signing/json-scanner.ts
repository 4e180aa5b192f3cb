import { MadoguchiError } from '../errors/madoguchi-error.ts'

const MAX_DEPTH = 16
const MAX_TOKENS = 20_000
const MAX_STRING_LENGTH = 16_384
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

const QUOTE = 0x22
const BACKSLASH = 0x5c
const BLANK = /[ \t\n\r]*/y
const NUMBER_RUN = /[-+.0-9eE]+/y

function refuse(): never {
  throw new MadoguchiError('malformed_json')
}

/**
 * Looks once over a JSON text for what `JSON.parse` lets pass: duplicate keys (compared after their
 * escapes are read), depth, size, numbers that a double can't hold, lone surrogates, NUL. It settles
 * the structure; the spelling of numbers and escapes is left to `JSON.parse`, which must follow.
 */
export class JsonScanner {
  readonly #text: string
  #at = 0
  #tokens = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Throws `malformed_json`, or a `SyntaxError` that quotes input: never let the latter out. */
  scan(): void {
    this.#value(0)
    this.#skip(BLANK)
    if (this.#at !== this.#text.length) refuse()
  }

  #value(depth: number): void {
    this.#skip(BLANK)
    this.#count()
    switch (this.#text.charAt(this.#at)) {
      case '{':
        this.#object(depth + 1)
        return
      case '[':
        this.#array(depth + 1)
        return
      case '"':
        this.#string()
        return
      case 't':
        this.#word('true')
        return
      case 'f':
        this.#word('false')
        return
      case 'n':
        this.#word('null')
        return
      default:
        this.#number()
    }
  }

  #object(depth: number): void {
    if (depth > MAX_DEPTH) refuse()
    this.#at += 1
    if (this.#takes('}')) return
    const keys = new Set<string>()
    do {
      this.#skip(BLANK)
      this.#count()
      const key = this.#string()
      if (keys.has(key) || FORBIDDEN_KEYS.has(key)) refuse()
      keys.add(key)
      if (!this.#takes(':')) refuse()
      this.#value(depth)
    } while (this.#takes(','))
    if (!this.#takes('}')) refuse()
  }

  #array(depth: number): void {
    if (depth > MAX_DEPTH) refuse()
    this.#at += 1
    if (this.#takes(']')) return
    do this.#value(depth)
    while (this.#takes(','))
    if (!this.#takes(']')) refuse()
  }

  /** Reads a string literal and returns what it stands for. */
  #string(): string {
    const start = this.#at
    if (this.#text.charCodeAt(start) !== QUOTE) refuse()
    let escaped = false
    let end = start + 1
    for (; this.#text.charCodeAt(end) !== QUOTE; end += 1) {
      if (end >= this.#text.length) refuse()
      if (this.#text.charCodeAt(end) === BACKSLASH) {
        escaped = true
        end += 1
      }
    }
    this.#at = end + 1
    const inner = this.#text.slice(start + 1, end)
    const value = escaped ? (JSON.parse(`"${inner}"`) as string) : inner
    if (value.length > MAX_STRING_LENGTH || value.includes('\0') || !value.isWellFormed()) refuse()
    return value
  }

  #number(): void {
    const start = this.#at
    this.#skip(NUMBER_RUN)
    const text = this.#text.slice(start, this.#at)
    const value = Number(text)
    const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)
    if (text === '' || !exact || Object.is(value, -0)) refuse()
  }

  #word(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) refuse()
    this.#at += word.length
  }

  #takes(mark: string): boolean {
    this.#skip(BLANK)
    if (this.#text[this.#at] !== mark) return false
    this.#at += 1
    return true
  }

  #skip(run: RegExp): void {
    run.lastIndex = this.#at
    if (run.test(this.#text)) this.#at = run.lastIndex
  }

  #count(): void {
    this.#tokens += 1
    if (this.#tokens > MAX_TOKENS) refuse()
  }
}
