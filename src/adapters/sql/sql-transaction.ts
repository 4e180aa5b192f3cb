import { ORDERED_KINDS, type WorkRecord } from '../../core/work.ts'
import type { ClaimQuery, Transaction } from '../../ports/record-store.ts'
import type { KeyOf, TableName, Tables } from '../../ports/record-tables.ts'
import { columnOf, columnsOf, decodeRow, encodeValue } from './row-codec.ts'
import { bindValues, type Statement } from './shapes.ts'
import { holdNul, keyValues, listed, SqlReader } from './sql-reader.ts'
import type { SqlValue } from './sql-session.ts'

/** A row of work that could be leased. */
export interface Claimable {
  readonly id: SqlValue
  readonly groupKey: string | null
}

/** Writing, the same on every SQL store but for locks. Begun and ended by the store. */
export abstract class SqlTransaction extends SqlReader implements Transaction {
  #depth = 0

  abstract lock(keys: readonly string[]): Promise<void>

  async insert<T extends TableName>(table: T, row: Tables[T]): Promise<void> {
    await this.#run(this.statements.table.insert(table), rowValues(table, row))
  }

  async put<T extends TableName>(table: T, row: Tables[T]): Promise<void> {
    await this.#run(this.statements.table.put(table), rowValues(table, row))
  }

  async update<T extends TableName>(
    table: T,
    key: KeyOf<T>,
    patch: Partial<Tables[T]>,
  ): Promise<boolean> {
    const changed = Object.keys(patch).sort()
    if (changed.length === 0) return (await this.get(table, key)) !== undefined
    const values = keyValues(table, key)
    for (const [name, value] of Object.entries<unknown>(patch)) {
      const column = columnOf(table, name)
      if (column.generated) throw new TypeError(`${table}.${name} is given by the store`)
      values[name] = encodeValue(table, column, value)
    }
    return (await this.#run(this.statements.table.update(table, changed), values)) > 0
  }

  async delete<T extends TableName>(table: T, key: KeyOf<T>): Promise<boolean> {
    return (await this.#run(this.statements.table.delete(table), keyValues(table, key))) > 0
  }

  async forgetTokenIds(now: number): Promise<void> {
    await this.#run(this.statements.record.forgetTokenIds(), { now })
  }

  async countRefusal(hour: number, code: string, by: number): Promise<void> {
    await this.#run(this.statements.record.countRefusal(), { hour, code, by })
  }

  async claimWork(query: ClaimQuery): Promise<WorkRecord | undefined> {
    const best = await this.claimable(query)
    return best === undefined ? undefined : this.lease(best.id, query.leaseUntil)
  }

  /** The best claimable row, outside of the groups that are passed over. */
  protected async claimable(
    { kind, now, groups }: ClaimQuery,
    passedOver: readonly string[] = [],
  ): Promise<Claimable | undefined> {
    if (groups?.length === 0) return undefined
    const best = this.statements.record.claimable({
      groups: groups?.length,
      passedOver: passedOver.length,
      ordered: ORDERED_KINDS.has(kind),
    })
    const [found] = await this.rows(best, {
      kind,
      now,
      ...listed('group', groups ?? []),
      ...listed('passed', passedOver),
    })
    if (found === undefined) return undefined
    const group = found['group_key'] ?? null
    return { id: found['id'] ?? null, groupKey: group === null ? null : String(group) }
  }

  protected async lease(id: SqlValue, leaseUntil: number): Promise<WorkRecord | undefined> {
    const [row] = await this.rows(this.statements.record.lease(), { id, leaseUntil })
    return row === undefined ? undefined : decodeRow('work', row)
  }

  async savepoint<R>(body: () => Promise<R>): Promise<R> {
    const name = `part_${this.#depth}`
    this.#depth += 1
    await this.session.run(`savepoint ${name}`, [])
    try {
      const result = await body()
      await this.session.run(`release savepoint ${name}`, [])
      return result
    } catch (error) {
      await this.session.run(`rollback to savepoint ${name}`, [])
      await this.session.run(`release savepoint ${name}`, [])
      throw error
    } finally {
      this.#depth -= 1
    }
  }

  async #run(statement: Statement, values: Readonly<Record<string, SqlValue>>): Promise<number> {
    if (holdNul(values)) throw new TypeError('a text with NUL')
    return this.session.run(statement.sql, bindValues(statement, values))
  }
}

function rowValues<T extends TableName>(table: T, row: Tables[T]): Record<string, SqlValue> {
  const given = row as unknown as Readonly<Record<string, unknown>>
  const values: Record<string, SqlValue> = {}
  for (const column of columnsOf(table).values()) {
    if (!column.generated) values[column.name] = encodeValue(table, column, given[column.name])
  }
  return values
}
