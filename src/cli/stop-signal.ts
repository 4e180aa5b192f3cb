const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** What asks a running command to end. */
export type StopSignal = (typeof SIGNALS)[number]

/**
 * Waits for the first SIGTERM or SIGINT. From then on the signals have their ordinary effect again, so
 * that a second one ends the process at once.
 */
export function stopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    const stop = (signal: StopSignal): void => {
      for (const each of SIGNALS) process.off(each, stop)
      resolve(signal)
    }
    for (const signal of SIGNALS) process.on(signal, stop)
  })
}

/** Keeps the process up until `work` is settled, though nothing but timers of ours may be waiting. */
export async function whileUp<R>(work: Promise<R>): Promise<R> {
  const keeper = setInterval(() => undefined, 60_000)
  try {
    return await work
  } finally {
    clearInterval(keeper)
  }
}
