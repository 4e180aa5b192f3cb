import type { Happening, Story } from './story.ts'

/** What is counted beside notices and measures, once for each case, under the notice that opened it. */
export const ASIDES = ['objections', 'influence', 'postponed'] as const
export type Aside = (typeof ASIDES)[number]

/** 異議の申出: what came of it. */
export const OBJECTION_COLUMNS = ['open', 'upheld', 'changed', 'overtaken'] as const

export interface ToldAside {
  /** Of whom each objection was, with the column that it belongs to. */
  readonly objections: readonly (readonly [who: string, column: number])[]
  /** Kinds of pressure that somebody of the desk noted (law 20). */
  readonly influence: readonly string[]
  /** How often telling the poster was put off (law 23); why is nobody's outside. */
  readonly postponed: number
}

/** What happened beside the decisions in the cases that a notice opened. */
export function tellAside({ opened, happenings }: Story): ToldAside {
  const own = happenings.filter(({ caseId }) => opened.has(caseId))
  return {
    objections: objectionsOf(own),
    influence: own.flatMap((one) => (one.type === 'influence.noted' ? [one.facts.kind] : [])),
    postponed: own.filter(({ type }) => type === 'poster.postponed').length,
  }
}

/** Each that came, by what became of it; those that weren't decided yet are open. */
function objectionsOf(happenings: readonly Happening[]): readonly (readonly [string, number])[] {
  const decided = happenings.flatMap((one) =>
    one.type === 'appeal.decided' ? [[one.facts.by, columnOf(one.facts.result)] as const] : [],
  )
  const open = new Map<string, number>()
  for (const one of happenings) {
    // A sender's own message is of a sender.
    if (one.type === 'appeal.received') add(open, one.facts.by ?? 'sender', 1)
    if (one.type === 'appeal.decided') add(open, one.facts.by, -1)
  }
  const waiting = [...open].flatMap(([who, count]) =>
    Array.from({ length: Math.max(0, count) }, () => [who, 0] as const),
  )
  return [...decided, ...waiting]
}

function add(counts: Map<string, number>, who: string, by: number): void {
  counts.set(who, (counts.get(who) ?? 0) + by)
}

function columnOf(result: string): number {
  return Math.max(
    0,
    OBJECTION_COLUMNS.findIndex((column) => column === result),
  )
}
