import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DeskUnderTest } from './desk-under-test.ts'
import { expectLaws } from './invariants.ts'
import { aStep, type Step } from './steps.ts'
import { take } from './take-step.ts'

const RUNS = Number(process.env['TEST_RUNS'] ?? 12)
const SEED = Number(process.env['TEST_SEED'] ?? 20_261_122)

/** Which steps were done, refused and how, over all runs: a generator that only ever meets refusals tests nothing. */
const met = new Map<string, number>()

async function run(steps: readonly Step[]): Promise<void> {
  const under = await DeskUnderTest.open()
  for (const step of steps) {
    const answer = await take(under, step)
    const key = answer === 'done' ? `${step.do} done` : answer
    met.set(key, (met.get(key) ?? 0) + 1)
  }
  // Faults that nothing met are taken back; what waits gets its time.
  await under.reopen()
  for (let look = 0; look < 6; look += 1) {
    under.clock.advance(20 * 60_000)
    await under.quiet()
  }
  await expectLaws(under)
  await under.desk.madoguchi.close()
}

it('the laws hold after any steps in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 15, maxLength: 40, size: 'max' }), run),
    { numRuns: RUNS, seed: SEED, endOnFailure: false },
  )
  const done = [...met.keys()].filter((key) => key.endsWith(' done'))
  expect(done.length).toBeGreaterThanOrEqual(12)
  for (const refusal of ['stale_version', 'not_claimed', 'already', 'claimed_by_other'])
    expect(met.get(refusal) ?? 0, refusal).toBeGreaterThan(0)
}, 300_000)
