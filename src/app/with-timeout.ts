import type { Clock } from '../ports/runtime.ts'

/** The called function did not come back in its time. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut'
}

/**
 * Calls foreign code with a signal that fires when its time is up, and stops waiting for it then.
 * `late` gets what it returns afterwards, if anything.
 */
export async function withTimeout<R>(
  clock: Clock,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<R>,
  late?: (result: R) => void,
): Promise<R> {
  const abort = new AbortController()
  let over = false
  const result = Promise.resolve().then(() => call(abort.signal))
  result.then(
    (value) => {
      if (over) late?.(value)
    },
    () => undefined,
  )
  return new Promise<R>((resolve, reject) => {
    const timer = clock.after(timeoutMs, () => {
      over = true
      abort.abort(new TimedOut())
      reject(new TimedOut())
    })
    result.then(resolve, reject).finally(() => {
      timer.cancel()
    })
  })
}
