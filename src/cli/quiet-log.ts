import type { Logger } from '../ports/runtime.ts'

const nothing = (): void => undefined

/** For commands whose words are their output: no log line comes between. */
export const QUIET_LOG: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }
