import { RecordStatements } from './record-statements.ts'
import type { Shapes } from './shapes.ts'
import { TableStatements } from './table-statements.ts'

/** Every statement of the record in one SQL dialect; shared by all connections of a store. */
export interface SqlStatements {
  readonly table: TableStatements
  readonly record: RecordStatements
}

/** @param skipLocked Whether several processes write to the store. */
export function createSqlStatements(shapes: Shapes, skipLocked: boolean): SqlStatements {
  return {
    table: new TableStatements(shapes),
    record: new RecordStatements(shapes, skipLocked),
  }
}
