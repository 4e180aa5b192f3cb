import { toBase64Url } from '../core/base64.ts'
import type { CaseRecord } from '../core/case.ts'
import { formatId, type Id } from '../core/ids.ts'
import { sampleCount, type SampleRecord } from '../core/sample.ts'
import { HOUR } from '../core/time.ts'
import type { Reader } from '../ports/record-store.ts'
import { sha256, sha256Base64url } from '../signing/sha256.ts'
import type { AppContext } from './context.ts'
import type { ExternalAccess } from './external-access.ts'

const PAGE = 1_000
const KEY_BYTES = 32

/** A sample with what the log keeps of the population that it was drawn from. */
export interface DrawnSample {
  readonly sample: SampleRecord
  readonly populationSha256: string
}

/**
 * 無作為抽出: the cases whose draw is smallest. A case's draw is SHA-256 over `seed`, a line feed and its
 * identifier, so that anybody who has the seed and the identifiers gets the same cases.
 */
export async function drawSample(
  { read, random, clock }: Pick<AppContext, 'read' | 'random' | 'clock'>,
  operatorId: Id<'opr'>,
  { decidedFrom, decidedUntil, wanted }: ExternalAccess,
): Promise<DrawnSample> {
  const population = await casesDecided(read, decidedFrom, decidedUntil)
  const seed = toBase64Url(random.bytes(KEY_BYTES))
  const drawn = population
    .map((id) => ({ id, draw: drawOf(seed, id) }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1))
    .slice(0, sampleCount(wanted, population.length))
  return {
    sample: {
      id: random.id('smp'),
      operatorId,
      drawnAt: clock.now(),
      decidedFrom,
      decidedUntil,
      seed,
      population: population.length,
      caseIds: drawn.map(({ id }) => id),
      pseudonymKey: toBase64Url(random.bytes(KEY_BYTES)),
    },
    populationSha256: sha256Base64url(population.join('\n')),
  }
}

/** The number of a case in a draw, as lower-case hexadecimal. */
export function drawOf(seed: string, caseId: Id<'cas'>): string {
  return Buffer.from(sha256(`${seed}\n${caseId}`)).toString('hex')
}

/** Whether an external auditor may see a case at all: nothing of the legal desk, nothing toxic. */
export function maySample({ lane, noView }: Pick<CaseRecord, 'lane' | 'noView'>): boolean {
  return lane !== 'legal_desk' && !noView
}

/** Identifiers of the cases that were decided in a period, sorted; what was on trial isn't among them. */
export async function casesDecided(
  read: Reader,
  from: number,
  until: number,
): Promise<readonly Id<'cas'>[]> {
  const found = new Set<Id<'cas'>>()
  // Identifiers sort by age: a decision's is made within the hour in which it is recorded.
  let after: Id<'dec'> = formatId('dec', Math.max(0, from - HOUR), new Uint8Array(10))
  const end = formatId('dec', until + HOUR, new Uint8Array(10))
  for (;;) {
    const page = await read.find('decision', { trial: null }, { orderBy: 'id', after, limit: PAGE })
    for (const { caseId, decidedAt } of page)
      if (decidedAt >= from && decidedAt < until) found.add(caseId)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE || last.id > end) break
    after = last.id
  }
  const cases = await Promise.all([...found].map((id) => read.get('case', { id })))
  return cases.flatMap((one) => (one !== undefined && maySample(one) ? [one.id] : [])).sort()
}
