import { expect, it } from 'vitest'
import { InFlight } from '../../src/app/in-flight.ts'
import { TimedOut, withTimeout } from '../../src/app/with-timeout.ts'
import { TestClock } from '../support/test-clock.ts'
import { newGate, pause } from './support.ts'

it('gives what comes in time, and leaves no timer behind', async () => {
  const clock = new TestClock()
  expect(await withTimeout(clock, 10, () => Promise.resolve(5))).toBe(5)
  await expect(withTimeout(clock, 10, () => Promise.reject(new RangeError()))).rejects.toThrow(
    RangeError,
  )
  const atOnce = (): Promise<never> => {
    throw new RangeError('at once')
  }
  await expect(withTimeout(clock, 10, atOnce)).rejects.toThrow('at once')
  expect(clock.timers).toBe(0)
})

it('stops waiting when the time is up, and hears what comes late', async () => {
  const clock = new TestClock()
  const gate = newGate()
  const late: number[] = []
  let signal: AbortSignal | undefined
  const waiting = withTimeout(
    clock,
    10,
    async (given) => {
      signal = given
      await gate.opened
      return 7
    },
    (value) => late.push(value),
  )
  const refused = expect(waiting).rejects.toBeInstanceOf(TimedOut)
  await pause(0)
  clock.advance(9)
  expect(signal?.aborted).toBe(false)
  clock.advance(1)
  await refused
  expect(signal?.aborted).toBe(true)
  expect(late).toEqual([])
  gate.open()
  await pause(0)
  expect(late).toEqual([7])
})

it('a fault that comes late is nobody else’s', async () => {
  const clock = new TestClock()
  const gate = newGate()
  const waiting = withTimeout(clock, 1, async () => {
    await gate.opened
    throw new Error('late')
  })
  const refused = expect(waiting).rejects.toBeInstanceOf(TimedOut)
  await pause(0)
  clock.advance(1)
  await refused
  gate.open()
  await pause(5)
})

it('runs what has one key in turn, also after a fault, and the rest beside it', async () => {
  const inFlight = new InFlight()
  const gate = newGate()
  const log: string[] = []
  const first = inFlight.run('a', async () => {
    await gate.opened
    log.push('first')
    throw new Error('x')
  })
  const second = inFlight.run('a', () => Promise.resolve(log.push('second')))
  await inFlight.run('b', () => Promise.resolve(log.push('other')))
  expect(log).toEqual(['other'])
  gate.open()
  await expect(first).rejects.toThrow('x')
  await second
  expect(log).toEqual(['other', 'first', 'second'])
})
