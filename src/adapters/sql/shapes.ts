import type { Compilable, Kysely } from 'kysely'
import type { SqlValue } from './sql-session.ts'

/** Stands in a query where a value will stand, so that a query is compiled once for all values. */
export class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** Tables and columns are named at run time; their values are slots at compile time. */
export type ShapeTables = Record<string, Record<string, Slot | null>>

/** Builds and compiles queries for one SQL dialect. Connected to nothing. */
export type Shapes = Kysely<ShapeTables>

/** Compiled text with the names of the values that it takes, in order. */
export interface Statement {
  readonly sql: string
  readonly slots: readonly string[]
}

/** Compiles a query in which every value is a {@link Slot}. */
export function compileShape(query: Pick<Compilable, 'compile'>): Statement {
  const { sql, parameters } = query.compile()
  const slots = parameters.map((parameter) => {
    if (!(parameter instanceof Slot)) throw new TypeError('a compiled query holds a value')
    return parameter.name
  })
  return { sql, slots }
}

/** The values of a statement in the order of its slots. */
export function bindValues(
  { slots }: Statement,
  values: Readonly<Record<string, SqlValue>>,
): SqlValue[] {
  return slots.map((slot) => {
    const value = values[slot]
    if (value === undefined) throw new TypeError(`no value for ${slot}`)
    return value
  })
}

/** Keeps what was compiled, by a text that names the shape. */
export class StatementCache {
  readonly #statements = new Map<string, Statement>()

  get(shape: string, build: () => Pick<Compilable, 'compile'>): Statement {
    let statement = this.#statements.get(shape)
    if (statement === undefined) {
      statement = compileShape(build())
      this.#statements.set(shape, statement)
    }
    return statement
  }
}
