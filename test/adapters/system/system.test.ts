import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../../src/adapters/system/clock.ts'
import { createSystemRandom } from '../../../src/adapters/system/random.ts'
import { isId } from '../../../src/core/ids.ts'
import { TestClock } from '../../support/test-clock.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('systemClock', () => {
  it('tells whole epoch milliseconds', () => {
    const before = Date.now()
    const now = systemClock.now()
    expect(Number.isInteger(now)).toBe(true)
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  it('calls once after the delay, and not when cancelled', () => {
    vi.useFakeTimers()
    const calls: string[] = []
    systemClock.after(20, () => calls.push('kept'))
    systemClock.after(10, () => calls.push('cancelled')).cancel()
    systemClock.after(-5, () => calls.push('past'))
    vi.advanceTimersByTime(19)
    expect(calls).toEqual(['past'])
    vi.advanceTimersByTime(1_000)
    expect(calls).toEqual(['past', 'kept'])
  })

  it('holds delays longer than the timers of Node do', () => {
    vi.useFakeTimers()
    const day = 24 * 3_600_000
    let fired = 0
    systemClock.after(60 * day, () => (fired += 1))
    const cancelled = systemClock.after(60 * day, () => (fired += 10))
    vi.advanceTimersByTime(30 * day)
    cancelled.cancel()
    vi.advanceTimersByTime(30 * day - 1)
    expect(fired).toBe(0)
    vi.advanceTimersByTime(1)
    expect(fired).toBe(1)
  })

  it('keeps no process up', () => {
    const url = new URL('../../../src/adapters/system/clock.ts', import.meta.url).href
    const program = `import { systemClock } from ${JSON.stringify(url)}; systemClock.after(60_000, () => {})`
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { timeout: 10_000 })
  })
})

describe('createSystemRandom', () => {
  it('gives as many bytes as asked for, never the same', () => {
    const random = createSystemRandom(systemClock)
    const drawn = Array.from({ length: 100 }, () => random.bytes(32))
    expect(new Set(drawn.map((bytes) => bytes.join())).size).toBe(100)
    expect(drawn.every((bytes) => bytes.length === 32)).toBe(true)
  })

  it('makes identifiers of the kind asked for, at the time of the clock', () => {
    const clock = new TestClock()
    const random = createSystemRandom(clock)
    const first = random.id('ntc')
    clock.advance(1)
    const second = random.id('ntc')
    expect([isId('ntc', first), isId('cas', first)]).toEqual([true, false])
    expect(first < second).toBe(true)
    const stamp = Number.parseInt(first.slice(4).replace('-', '').slice(0, 12), 16)
    expect(stamp).toBe(clock.now() - 1)
    expect(new Set(Array.from({ length: 1_000 }, () => random.id('evt'))).size).toBe(1_000)
  })
})

describe('TestClock', () => {
  it('fires in due order, at the due time, and what is set on the way', () => {
    const clock = new TestClock(0)
    const fired: [string, number][] = []
    const note = (name: string) => () => {
      fired.push([name, clock.now()])
    }
    clock.after(30, note('c'))
    clock.after(10, () => {
      note('a')()
      clock.after(5, note('b'))
    })
    clock.after(10, note('a2'))
    clock.after(20, note('never')).cancel()
    clock.advance(29)
    expect(fired).toEqual([
      ['a', 10],
      ['a2', 10],
      ['b', 15],
    ])
    expect([clock.now(), clock.timers]).toEqual([29, 1])
    clock.jump(-1_000)
    clock.advance(1)
    expect(fired.at(-1)).toEqual(['c', -970])
  })
})
