import type { TransportFault } from '../../ports/outcome-transport.ts'

/** Ends an attempt inside this folder; holds a code and nothing of either side. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure'
  readonly code: TransportFault

  constructor(code: TransportFault) {
    super(code)
    this.code = code
  }
}

/**
 * A promise that the attempt's end settles too: when `signal` fires, it rejects with the signal's
 * reason, a {@link TransportFailure}, however long the work itself hangs.
 */
export function within<T>(
  signal: AbortSignal,
  begin: (done: (value: T) => void, fail: (code: TransportFault) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = (): void => {
      reject(signal.reason as TransportFailure)
    }
    if (signal.aborted) {
      end()
      return
    }
    signal.addEventListener('abort', end, { once: true })
    const release = (): void => {
      signal.removeEventListener('abort', end)
    }
    begin(
      (value) => {
        release()
        resolve(value)
      },
      (code) => {
        release()
        reject(new TransportFailure(code))
      },
    )
  })
}
