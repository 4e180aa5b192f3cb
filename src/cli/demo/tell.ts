import type { Bilingual } from '../../core/vocabulary.ts'
import type { Check } from '../hotline/check.ts'
import type { Output } from '../output.ts'
import { checksForMachines } from '../send-and-check.ts'
import { padText, textWidth, wrapText } from '../text-width.ts'

const WIDTH = 92
const WHO = {
  hotline: { ja: 'ホットライン', en: 'hotline' },
  desk: { ja: '窓口', en: 'desk' },
  person: { ja: '判断担当', en: 'reviewer' },
  sns: { ja: 'SNS', en: 'platform' },
} as const satisfies Record<string, Bilingual>
/** Who acts in the demonstration. */
export type Who = keyof typeof WHO

/** Tells the demonstration: who does what, and what was checked by whom. */
export class Teller {
  readonly #out: Output
  #story = ''
  #checks = 0
  #failed = 0

  constructor(out: Output) {
    this.#out = out
  }

  get #nameWidth(): number {
    return Math.max(...Object.values(WHO).map((name) => textWidth(this.#out.text(name))))
  }

  get checks(): number {
    return this.#checks
  }

  get failed(): number {
    return this.#failed
  }

  heading(id: string, title: string, what?: Bilingual): void {
    this.#story = id
    this.#out.say('')
    this.#out.say(`── ${title} ${'─'.repeat(Math.max(2, WIDTH - 4 - textWidth(title)))}`)
    if (what !== undefined) this.#out.say(this.#out.text(what))
    this.#out.say('')
  }

  step(who: Who, text: Bilingual, facts: Readonly<Record<string, unknown>> = {}): void {
    this.#out.record({ story: this.#story, by: who, text: text[this.#out.lang], ...facts })
    const width = this.#nameWidth
    const [first = '', ...others] = wrapText(this.#out.text(text), WIDTH - width - 4)
    this.#out.say(`  ${padText(this.#out.text(WHO[who]), width)}  ${first}`)
    for (const line of others) this.#out.say(`  ${padText('', width)}  ${line}`)
  }

  /** What `who` checked by itself. */
  checked(who: Who, checks: readonly Check[]): void {
    this.#checks += checks.length
    this.#failed += checks.filter(({ holds }) => !holds).length
    this.#out.record({ story: this.#story, by: who, checks: checksForMachines(checks) })
    const margin = ' '.repeat(this.#nameWidth + 6)
    for (const { holds, text } of checks) {
      const [first = '', ...others] = wrapText(this.#out.text(text), WIDTH - margin.length - 4)
      this.#out.say(`${margin}${holds ? '✓' : '✗'} ${first}`)
      for (const line of others) this.#out.say(`${margin}  ${line}`)
    }
  }

  /** A check that isn't part of a list. */
  expect(who: Who, id: string, text: Bilingual, holds: boolean): void {
    this.checked(who, [{ id, holds, text }])
  }
}
