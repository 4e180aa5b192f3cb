import type { Bilingual } from '../core/vocabulary.ts'
import type { Flags } from './flags.ts'
import type { Output } from './output.ts'

/** One option of a command. */
export interface OptionSpec {
  /** What stands for the value in help; absent: a switch. */
  readonly value?: string
  /** May be given several times. */
  readonly multiple?: true
  readonly text: Bilingual
}

/** Options by their names, without the dashes. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** What a command is called with. */
export interface Call {
  readonly flags: Flags
  readonly out: Output
}

/** 0: done and all well. 1: done, and something is wrong. Wrong use is thrown. */
export type ExitCode = 0 | 1

/** One command, as a row of the table. */
export interface Command {
  /** Words after `madoguchi`. */
  readonly name: string
  /** Names of the operands; one in brackets may be left out. */
  readonly operands?: readonly string[]
  readonly options?: OptionSpecs
  readonly summary: Bilingual
  /** Printed below the options. */
  readonly more?: () => Bilingual
  readonly run: (call: Call) => Promise<ExitCode>
}

/** Options of every command. */
export const COMMON_OPTIONS = {
  lang: { value: 'ja|en', text: { ja: '表示する言語（既定 ja）', en: 'Language (default ja)' } },
  json: { text: { ja: 'JSON で出力する', en: 'Print JSON' } },
  help: { text: { ja: 'この説明を表示する', en: 'Print this help' } },
} as const satisfies OptionSpecs
