import { createRecordTables } from './migrations/0001-record-tables.ts'
import { createRecordIndexes } from './migrations/0001-record-indexes.ts'
import { deskCommands } from './migrations/0002-desk-commands.ts'
import { createSenderMessages } from './migrations/0003-sender-messages.ts'
import { addDelivery } from './migrations/0004-delivery.ts'
import { addLetters } from './migrations/0005-letters.ts'
import { addReadings } from './migrations/0006-readings.ts'
import { addTrials } from './migrations/0007-trying.ts'
import { addLanes } from './migrations/0008-lanes.ts'
import { addPolicies } from './migrations/0009-policies.ts'
import { addMeasures } from './migrations/0010-measures.ts'
import { addPoster } from './migrations/0011-poster.ts'
import { addBodies } from './migrations/0012-bodies.ts'

/** The words in which the SQL dialects differ. */
export interface SqlDdl {
  readonly int: string
  readonly bytes: string
  /** Of a whole number that the database gives, growing, never used twice. */
  readonly generatedKey: string
  /** Written behind every table. */
  readonly table: string
  /** Written behind a small table that is only read by its key. */
  readonly keyedTable: string
}

export type Migration = (ddl: SqlDdl) => readonly string[]

/**
 * Every step of the schema, oldest first; the version of a database is how many it has taken. A step
 * that was released is frozen: what comes later is a new step.
 */
export const MIGRATIONS: readonly Migration[] = [
  createRecord,
  deskCommands,
  createSenderMessages,
  addDelivery,
  addLetters,
  addReadings,
  addTrials,
  addLanes,
  addPolicies,
  addMeasures,
  addPoster,
  addBodies,
]

function createRecord(ddl: SqlDdl): readonly string[] {
  return [...createRecordTables(ddl), ...createRecordIndexes()]
}
