import type { Bilingual } from '../core/vocabulary.ts'

/** The command was used wrongly: exit 2. Says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly text: Bilingual

  constructor(ja: string, en: string) {
    super(en)
    this.text = { ja, en }
  }
}

/** The command was used rightly and found something wrong, or could not do it: exit 1. */
export class CommandFault extends Error {
  override readonly name = 'CommandFault'
  readonly code: string
  readonly text: Bilingual

  /** @param code `lower_snake`, for machines. */
  constructor(code: string, ja: string, en: string) {
    super(en)
    this.code = code
    this.text = { ja, en }
  }
}
