import { afterEach, describe, expect, it, vi } from 'vitest'
import { WORK_KINDS, type WorkKind } from '../../src/core/work.ts'
import type { Bell } from '../../src/ports/bell.ts'

const MOST_WAITING = 1_000
const one: Readonly<Record<WorkKind, number>> = {
  intake: 1,
  act: 1,
  report: 1,
  tell: 1,
  deliver: 1,
  expire: 1,
  handle: 1,
}

/** Due rows as a worker sees them: a ticket takes at most one, and may find none. */
class Rows {
  readonly done: number[] = []
  tickets = 0
  #due: number[]

  constructor(count: number) {
    this.#due = Array.from({ length: count }, (_, index) => index)
  }

  get due(): number {
    return this.#due.length
  }

  readonly take = (): Promise<void> => {
    this.tickets += 1
    const row = this.#due.shift()
    if (row !== undefined) this.done.push(row)
    return Promise.resolve()
  }
}

/** A handler that stays until it is let go. */
class Gate {
  running = 0
  most = 0
  finished = 0
  #waiting: (() => void)[] = []

  readonly enter = async (): Promise<void> => {
    this.running += 1
    this.most = Math.max(this.most, this.running)
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.running -= 1
    this.finished += 1
  }

  open(): void {
    for (const letGo of this.#waiting.splice(0)) letGo()
  }
}

/** What every bell keeps to. `open` gives a silent one of its own each time. */
export function bellContract(name: string, open: () => Bell | Promise<Bell>): void {
  describe(`Bell: ${name}`, () => {
    const bells: Bell[] = []
    const fresh = async (): Promise<Bell> => {
      const bell = await open()
      bells.push(bell)
      return bell
    }
    afterEach(async () => {
      for (const bell of bells.splice(0)) await bell.stop()
    })

    it('hands out nothing before its start, then everything that waited', async () => {
      const bell = await fresh()
      const rows = new Rows(3)
      await bell.ring('intake', 3)
      expect(await bell.waiting('intake')).toBe(3)
      expect(rows.tickets).toBe(0)
      await bell.start(rows.take, one)
      await vi.waitFor(() => {
        expect(rows.done).toEqual([0, 1, 2])
      })
      expect(await bell.waiting('intake')).toBe(0)
    })

    it('carries the kind and nothing else', async () => {
      const bell = await fresh()
      const calls: unknown[][] = []
      await bell.start((...given: unknown[]) => {
        calls.push(given)
        return Promise.resolve()
      }, one)
      for (const kind of WORK_KINDS) await bell.ring(kind, 1)
      await vi.waitFor(() => {
        expect(calls).toHaveLength(WORK_KINDS.length)
      })
      expect(calls.map((given) => given.length)).toEqual(WORK_KINDS.map(() => 1))
      expect(calls.flat().sort()).toEqual([...WORK_KINDS].sort())
    })

    it('doubled tickets do no work twice', async () => {
      const bell = await fresh()
      const rows = new Rows(2)
      await bell.start(rows.take, one)
      await bell.ring('act', 5)
      await bell.ring('act', 5)
      await vi.waitFor(() => {
        expect(rows.tickets).toBe(10)
      })
      expect(rows.done).toEqual([0, 1])
    })

    it('lost tickets cost no work: a top-up makes good', async () => {
      const bell = await fresh()
      const rows = new Rows(5)
      await bell.start(rows.take, one)
      await bell.ring('deliver', 1)
      await vi.waitFor(() => {
        expect(rows.due).toBe(4)
      })
      await bell.ring('deliver', rows.due - (await bell.waiting('deliver')))
      await vi.waitFor(() => {
        expect(rows.done).toEqual([0, 1, 2, 3, 4])
      })
    })

    it('never lets more than 1,000 of a kind wait', async () => {
      const bell = await fresh()
      await bell.ring('intake', 600)
      await bell.ring('intake', 600)
      await bell.ring('deliver', 7)
      await bell.ring('deliver', 0)
      await bell.ring('deliver', -3)
      expect(await bell.waiting('intake')).toBe(MOST_WAITING)
      expect(await bell.waiting('deliver')).toBe(7)
    })

    it('runs each kind up to its own bound, whatever the others do', async () => {
      const bell = await fresh()
      const intake = new Gate()
      const act = new Gate()
      const gates: Partial<Record<WorkKind, Gate>> = { intake, act }
      await bell.start((kind) => gates[kind]?.enter() ?? Promise.resolve(), { ...one, intake: 3 })
      await bell.ring('intake', 7)
      await bell.ring('act', 2)
      await vi.waitFor(() => {
        expect([intake.running, act.running]).toEqual([3, 1])
      })
      expect(await bell.waiting('intake')).toBe(4)
      await vi.waitFor(() => {
        intake.open()
        act.open()
        expect([intake.finished, act.finished]).toEqual([7, 2])
      })
      expect([intake.most, act.most]).toEqual([3, 1])
    })

    it('goes on after a handler that throws', async () => {
      const bell = await fresh()
      let calls = 0
      await bell.start(() => {
        calls += 1
        if (calls === 1) throw new Error('at once')
        if (calls === 2) return Promise.reject(new Error('later'))
        return Promise.resolve()
      }, one)
      await bell.ring('handle', 3)
      await vi.waitFor(() => {
        expect(calls).toBe(3)
      })
    })

    it('stops: waits for what runs, hands out no more, takes rings without harm', async () => {
      const bell = await fresh()
      const gate = new Gate()
      await bell.start(gate.enter, one)
      await bell.ring('act', 5)
      await vi.waitFor(() => {
        expect(gate.running).toBe(1)
      })
      let stopped = false
      const stopping = bell.stop().then(() => {
        stopped = true
      })
      await bell.ring('act', 5)
      expect(stopped).toBe(false)
      gate.open()
      await stopping
      await bell.ring('act', 5)
      await bell.stop()
      expect([gate.finished, gate.running]).toEqual([1, 0])
    })
  })
}
