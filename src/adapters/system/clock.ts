import type { Clock } from '../../ports/runtime.ts'

/** The longest delay that the platform's own timers hold; a longer one fires at once (Node's docs). */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's clock. Delays of any length; no timer keeps the process up. */
export const systemClock: Clock = {
  now: () => Date.now(),
  turn: () =>
    new Promise((resume) => {
      setImmediate(resume)
    }),
  after(delayMs, run) {
    let timer: NodeJS.Timeout
    const arm = (leftMs: number): void => {
      const stepMs = Math.min(leftMs, LONGEST_TIMER_MS)
      timer = setTimeout(() => {
        if (leftMs > stepMs) arm(leftMs - stepMs)
        else run()
      }, stepMs)
      timer.unref()
    }
    arm(Math.max(0, delayMs))
    return {
      cancel: () => {
        clearTimeout(timer)
      },
    }
  },
}
