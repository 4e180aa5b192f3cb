import { SCHEMAS } from '../generated/schemas.ts'

function collect(node: unknown, into: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node as readonly unknown[]) collect(item, into)
    return
  }
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node as Readonly<Record<string, unknown>>)) {
    if (key === 'properties' && typeof value === 'object' && value !== null)
      for (const name of Object.keys(value)) into.add(name)
    collect(value, into)
  }
}

let names: ReadonlySet<string> | undefined

/** Every name that one of our schemas gives to a member. Only these may stand in an error. */
export function memberNames(): ReadonlySet<string> {
  if (names === undefined) {
    const collected = new Set<string>()
    collect(SCHEMAS, collected)
    names = collected
  }
  return names
}
