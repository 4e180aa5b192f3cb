import { sql } from 'kysely'
import { PRIMARY_KEYS, type TableName } from '../../ports/record-tables.ts'
import { snakeCase, sqlTable } from './naming.ts'
import { columnsOf } from './row-codec.ts'
import { Slot, StatementCache, type Shapes, type Statement } from './shapes.ts'

/** The shape of one {@link TableStatements.find}: column names of the record, never values. */
export interface FindShape {
  readonly equal: readonly string[]
  readonly isNull: readonly string[]
  readonly orderBy: string | undefined
  readonly descending: boolean
  readonly after: boolean
}

/** Name of the slot that a column of a key takes, apart from a new value of the same column. */
export function keySlot(name: string): string {
  return `key ${name}`
}

/** Statements on one table, by primary key or by equality, compiled once per shape. */
export class TableStatements {
  readonly #shapes: Shapes
  readonly #cache = new StatementCache()

  constructor(shapes: Shapes) {
    this.#shapes = shapes
  }

  get(table: TableName): Statement {
    return this.#cache.get(`get ${table}`, () => {
      let query = this.#shapes.selectFrom(sqlTable(table)).selectAll()
      for (const name of PRIMARY_KEYS[table]) {
        query = query.where(snakeCase(name), '=', new Slot(keySlot(name)))
      }
      return query
    })
  }

  find(table: TableName, shape: FindShape): Statement {
    const { equal, isNull, orderBy, descending, after } = shape
    const key = `find ${table} ${equal.join()} ${isNull.join()} ${String(orderBy)} ${String(descending)} ${String(after)}`
    return this.#cache.get(key, () => {
      let query = this.#shapes.selectFrom(sqlTable(table)).selectAll()
      for (const name of equal) query = query.where(snakeCase(name), '=', new Slot(name))
      for (const name of isNull) query = query.where(snakeCase(name), 'is', null)
      const order = [
        ...new Set([...(orderBy === undefined ? [] : [orderBy]), ...PRIMARY_KEYS[table]]),
      ]
      if (after) {
        query = query.where(snakeCase(order[0] ?? ''), descending ? '<' : '>', new Slot('after'))
      }
      for (const name of order) query = query.orderBy(snakeCase(name), descending ? 'desc' : 'asc')
      return query.limit(sql<number>`${new Slot('limit')}`)
    })
  }

  count(table: TableName, equal: readonly string[], isNull: readonly string[]): Statement {
    return this.#cache.get(`count ${table} ${equal.join()} ${isNull.join()}`, () => {
      let query = this.#shapes
        .selectFrom(sqlTable(table))
        .select((build) => build.fn.countAll().as('rows'))
      for (const name of equal) query = query.where(snakeCase(name), '=', new Slot(name))
      for (const name of isNull) query = query.where(snakeCase(name), 'is', null)
      return query
    })
  }

  /** All rows in the order of the primary key, `limit` at a time; each page after the last of the one before. */
  page(table: TableName, after: boolean): Statement {
    return this.#cache.get(`page ${table} ${String(after)}`, () => {
      const keys = PRIMARY_KEYS[table].map((name) => sql.ref(snakeCase(name)))
      const slots = PRIMARY_KEYS[table].map((name) => sql`${new Slot(keySlot(name))}`)
      const beyond = after ? sql`where (${sql.join(keys)}) > (${sql.join(slots)})` : sql``
      const query = sql`select * from ${sql.table(sqlTable(table))} ${beyond}
        order by ${sql.join(keys)} limit ${new Slot('limit')}`
      return { compile: () => query.compile(this.#shapes) }
    })
  }

  insert(table: TableName): Statement {
    return this.#cache.get(`insert ${table}`, () => this.#insertion(table))
  }

  put(table: TableName): Statement {
    return this.#cache.get(`put ${table}`, () => {
      const keys: readonly string[] = PRIMARY_KEYS[table]
      const others = writtenColumns(table).filter(({ name }) => !keys.includes(name))
      return this.#insertion(table).onConflict((conflict) =>
        conflict
          .columns(keys.map(snakeCase))
          .doUpdateSet((build) =>
            Object.fromEntries(
              others.map(({ sqlName }) => [sqlName, build.ref(`excluded.${sqlName}`)]),
            ),
          ),
      )
    })
  }

  update(table: TableName, changed: readonly string[]): Statement {
    return this.#cache.get(`update ${table} ${changed.join()}`, () => {
      let query = this.#shapes
        .updateTable(sqlTable(table))
        .set(Object.fromEntries(changed.map((name) => [snakeCase(name), new Slot(name)])))
      for (const name of PRIMARY_KEYS[table]) {
        query = query.where(snakeCase(name), '=', new Slot(keySlot(name)))
      }
      return query
    })
  }

  delete(table: TableName): Statement {
    return this.#cache.get(`delete ${table}`, () => {
      let query = this.#shapes.deleteFrom(sqlTable(table))
      for (const name of PRIMARY_KEYS[table]) {
        query = query.where(snakeCase(name), '=', new Slot(keySlot(name)))
      }
      return query
    })
  }

  #insertion(table: TableName) {
    const columns = writtenColumns(table).map(({ sqlName, name }) => [sqlName, new Slot(name)])
    return this.#shapes
      .insertInto(sqlTable(table))
      .values(Object.fromEntries(columns) as Record<string, Slot>)
  }
}

function writtenColumns(table: TableName) {
  return [...columnsOf(table).values()].filter(({ generated }) => !generated)
}
