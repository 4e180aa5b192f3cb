import { pino, stdTimeFunctions, type DestinationStream } from 'pino'
import type { LogFields, Logger } from '../../ports/runtime.ts'

/** From most to least talkative; `silent` writes nothing. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Our ids, codes, kinds, versions and times have this form; a URL or a sentence has not. */
const PLAIN = /^[A-Za-z0-9_.:+-]{1,128}$/
const RESERVED: ReadonlySet<string> = new Set(['time', 'level', 'event'])
const WITHHELD = '[withheld]'

/**
 * One JSON object a line: `level`, `time` (RFC 3339), `event`, and the fields.
 *
 * The last fence of law 11, not the first: a text that isn't shaped like an id or a code is withheld,
 * and a value that is no text, finite number, boolean or null (an error, a request) is left out. It
 * can't tell a host name from a code, so callers still never pass one.
 *
 * @param destination Default: standard output, written synchronously.
 */
export function createPinoLogger(options: {
  readonly level: LogLevel
  readonly destination?: DestinationStream
}): Logger {
  const sink = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  )
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      sink[level](allowed(fields), plain(event))
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** The same, into a file that is made anew; every line is on it when the call returns. */
export function createPinoFileLogger(path: string, level: LogLevel): Logger {
  const destination = pino.destination({ dest: path, sync: true, append: false })
  return createPinoLogger({ level, destination })
}

function allowed(fields: Readonly<Record<string, unknown>>): LogFields {
  const kept: Record<string, string | number | boolean | null> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (RESERVED.has(name) || !PLAIN.test(name)) continue
    if (typeof value === 'string') kept[name] = plain(value)
    else if (value === null || typeof value === 'boolean') kept[name] = value
    else if (typeof value === 'number' && Number.isFinite(value)) kept[name] = value
  }
  return kept
}

function plain(text: string): string {
  return PLAIN.test(text) ? text : WITHHELD
}
