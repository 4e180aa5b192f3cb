import type { CaseRecord } from '../../core/case.ts'
import type { EventRecord } from '../../core/event.ts'
import type { WorkKind } from '../../core/work.ts'
import type { HistoryQuery, Page, Reader } from '../../ports/record-store.ts'
import {
  PRIMARY_KEYS,
  type KeyOf,
  type LedgerEntryRecord,
  type TableName,
  type Tables,
  type Where,
} from '../../ports/record-tables.ts'
import { columnOf, comparableColumn, decodeRow, encodeValue } from './row-codec.ts'
import { bindValues, type Statement } from './shapes.ts'
import type { SqlRow, SqlSession, SqlValue } from './sql-session.ts'
import type { SqlStatements } from './sql-statements.ts'
import { keySlot } from './table-statements.ts'

const MAX_ROWS = 1_000
const MAX_IDS = 128
type Values = Readonly<Record<string, SqlValue>>
type CaseKey = Pick<CaseRecord, 'targetKey' | 'lane' | 'form'>

/** Reading, the same on every SQL store. */
export class SqlReader implements Reader {
  protected readonly session: SqlSession
  protected readonly statements: SqlStatements

  constructor(session: SqlSession, statements: SqlStatements) {
    this.session = session
    this.statements = statements
  }

  async get<T extends TableName>(table: T, key: KeyOf<T>): Promise<Tables[T] | undefined> {
    const rows = await this.rows(this.statements.table.get(table), keyValues(table, key))
    return firstRecord(table, rows)
  }

  async find<T extends TableName>(
    table: T,
    where: Where<T>,
    page: Page<T> = {},
  ): Promise<Tables[T][]> {
    const { equal, isNull, values } = comparisons(table, where)
    const { orderBy, descending = false, after, limit = MAX_ROWS } = page
    const shape = { equal, isNull, orderBy, descending, after: after !== undefined }
    const bound: Record<string, SqlValue> = { ...values, limit: rowLimit(limit) }
    if (orderBy !== undefined) comparableColumn(table, orderBy)
    if (after !== undefined) {
      if (orderBy === undefined && PRIMARY_KEYS[table].length > 1) {
        throw new TypeError(`after needs orderBy: the key of ${table} has several columns`)
      }
      const column = columnOf(table, orderBy ?? PRIMARY_KEYS[table][0])
      bound['after'] = encodeValue(table, column, after)
    }
    const rows = await this.rows(this.statements.table.find(table, shape), bound)
    return rows.map((row) => decodeRow(table, row))
  }

  async count<T extends TableName>(table: T, where: Where<T>): Promise<number> {
    const { equal, isNull, values } = comparisons(table, where)
    return counted(await this.rows(this.statements.table.count(table, equal, isNull), values))
  }

  async queue(query: Parameters<Reader['queue']>[0]): Promise<CaseRecord[]> {
    const { states, lanes, tests = false, limit, after, hold, waiting = false, interimAt } = query
    if (states.length === 0 || lanes?.length === 0) return []
    const statement = this.statements.record.queue({
      states: states.length,
      lanes: lanes?.length,
      tests,
      after: after !== undefined,
      hold: hold?.is,
      waiting,
      interim: interimAt !== undefined,
    })
    const rows = await this.rows(statement, {
      ...listed('state', states),
      ...listed('lane', lanes ?? []),
      ...after,
      ...(hold === undefined ? {} : { now: hold.now }),
      ...(interimAt === undefined ? {} : { interimAt }),
      limit: rowLimit(limit),
    })
    return rows.map((row) => decodeRow('case', row))
  }

  async openCase({ targetKey, lane, form }: CaseKey): Promise<CaseRecord | undefined> {
    const statement = this.statements.record.openCase()
    return firstRecord('case', await this.rows(statement, { targetKey, lane, form }))
  }

  async lastCase({ targetKey, lane, form }: CaseKey): Promise<CaseRecord | undefined> {
    const statement = this.statements.record.lastCase()
    return firstRecord('case', await this.rows(statement, { targetKey, lane, form }))
  }

  async dueWork(
    kind: WorkKind,
    now: number,
    limit: number,
    groups?: readonly string[],
  ): Promise<number> {
    if (groups?.length === 0) return 0
    const statement = this.statements.record.dueWork(groups?.length)
    const values = { kind, now, limit, ...listed('group', groups ?? []) }
    return counted(await this.rows(statement, values))
  }

  async nextDueAt(now: number): Promise<number | undefined> {
    const [row] = await this.rows(this.statements.record.nextDueAt(), { now })
    return row === undefined ? undefined : Number(row['next_at'])
  }

  async ledgerEntries(from: number, to: number): Promise<LedgerEntryRecord[]> {
    const rows = await this.rows(this.statements.record.ledgerEntries(), { from, to })
    return rows.map((row) => decodeRow('ledgerEntry', row))
  }

  async history({ of, ids, types, upTo }: HistoryQuery): Promise<EventRecord[]> {
    if (ids.length === 0) return []
    const padded = padIds(ids)
    const statement = this.statements.record.history(of, padded.length, types.length)
    const values = { ...listed('id', padded), ...listed('type', types), upTo }
    const rows = await this.rows(statement, values)
    return rows.map((row) => decodeRow('event', row))
  }

  async lastEventSeq(): Promise<number> {
    const [row] = await this.rows(this.statements.record.lastEventSeq(), {})
    return Number(row?.['seq'] ?? 0)
  }

  /** No row holds a text with NUL, so what asks for one is not put to the database. */
  protected rows(statement: Statement, values: Values): Promise<SqlRow[]> {
    if (holdNul(values)) return Promise.resolve([])
    return this.session.all(statement.sql, bindValues(statement, values))
  }
}

/** PostgreSQL can't hold NUL in a text, so neither store does. */
export function holdNul(values: Values): boolean {
  return Object.values(values).some((value) => typeof value === 'string' && value.includes('\0'))
}

/** Values of a primary key, by the slots that they take. */
export function keyValues<T extends TableName>(table: T, key: KeyOf<T>): Record<string, SqlValue> {
  const given = key as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    PRIMARY_KEYS[table].map((name) => [
      keySlot(name),
      encodeValue(table, columnOf(table, name), given[name]),
    ]),
  )
}

/** `state 0`, `state 1`, … for a list in SQL. */
export function listed(name: string, items: readonly string[]): Record<string, SqlValue> {
  return Object.fromEntries(items.map((item, index) => [`${name} ${index}`, item]))
}

function firstRecord<T extends TableName>(
  table: T,
  rows: readonly SqlRow[],
): Tables[T] | undefined {
  const [row] = rows
  return row === undefined ? undefined : decodeRow(table, row)
}

function comparisons<T extends TableName>(table: T, where: Where<T>) {
  const equal: string[] = []
  const isNull: string[] = []
  const values: Record<string, SqlValue> = {}
  for (const [name, value] of Object.entries<unknown>(where).sort(byName)) {
    const encoded = encodeValue(table, comparableColumn(table, name), value)
    if (encoded === null) isNull.push(name)
    else {
      equal.push(name)
      values[name] = encoded
    }
  }
  return { equal, isNull, values }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function counted(rows: readonly SqlRow[]): number {
  return Number(rows[0]?.['rows'] ?? 0)
}

/** Few lengths make few statements: the next power of two, filled up with what stands there already. */
function padIds(ids: readonly string[]): string[] {
  if (ids.length > MAX_IDS) throw new RangeError('at most 128 ids')
  const length = 2 ** Math.ceil(Math.log2(ids.length))
  return Array.from({ length }, (_, index) => ids[index] ?? ids[0] ?? '')
}

function rowLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROWS) {
    throw new RangeError('limit must be 1–1,000')
  }
  return limit
}
