import { formatTime } from '../core/time.ts'

const TIME_NAME = /(?:^at|^until|At|Until|Before)$/

/**
 * A view of the application as JSON on the wire: names in snake_case; whole numbers (epoch
 * milliseconds) under a name that is or ends in `at` or `until`, or ends in `Before`, as RFC 3339. Identifiers and
 * words of vocabularies are values, never names, so nothing but our own names is rewritten.
 */
export function toWire(view: unknown): unknown {
  if (Array.isArray(view)) return view.map(toWire)
  if (typeof view !== 'object' || view === null) return view
  if (view instanceof Uint8Array) throw new TypeError('bytes have no place in a view')
  const members: [string, unknown][] = Object.entries(view)
  return Object.fromEntries(
    members
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [
        snakeCase(name),
        typeof value === 'number' && TIME_NAME.test(name) ? formatTime(value) : toWire(value),
      ]),
  )
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
