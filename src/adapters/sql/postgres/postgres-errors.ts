import { DatabaseError } from 'pg'
import {
  StoreUnavailable,
  TransactionAborted,
  UniqueViolation,
} from '../../../ports/record-store.ts'

/** SQLSTATEs (PostgreSQL, appendix A) after which the same may succeed when it is tried again. */
const ABORTED: Readonly<Record<string, string>> = {
  '25P03': 'idle_timeout',
  '40001': 'serialization',
  '40P01': 'deadlock',
  '55P03': 'lock_timeout',
  '57014': 'statement_timeout',
}

/** SQLSTATEs, or the classes that are their first two characters, without which nothing is kept. */
const UNAVAILABLE: Readonly<Record<string, string>> = {
  '08': 'connection_lost',
  // A prepared statement that stands no more, or whose table has changed: a new connection mends it.
  '0A000': 'schema_changed',
  '25006': 'read_only',
  '26000': 'connection_lost',
  '28': 'no_permission',
  '3D000': 'cannot_open',
  '42501': 'no_permission',
  '42P01': 'schema_behind',
  '42703': 'schema_behind',
  '53100': 'full',
  '53200': 'out_of_memory',
  '53300': 'too_many_connections',
  '53': 'overloaded',
  '57P01': 'server_stopped',
  '57P02': 'server_stopped',
  '57P03': 'server_starting',
  '57': 'server_stopped',
  '58': 'io_error',
  XX: 'corrupt',
}

const NEW_CONNECTION: ReadonlySet<string> = new Set(['0A000', '26000'])

/** What the port says of an error of `pg`, and whether the connection is of no more use. */
export interface PostgresFault {
  readonly fault: Error
  readonly isLost: boolean
}

/**
 * Says it in the words of the port. PostgreSQL's own text may hold values of the record, so nothing of
 * it but the SQLSTATE goes further.
 */
export function translatePostgresError(error: unknown): PostgresFault {
  if (error instanceof TypeError || error instanceof RangeError)
    return { fault: error, isLost: false }
  if (!(error instanceof DatabaseError) || error.code === undefined)
    return { fault: new StoreUnavailable('connection_lost', causeOf(error)), isLost: true }
  const { code, severity = '' } = error
  const cause = { cause: new Error(`SQLSTATE ${code}`) }
  const isLost = ['FATAL', 'PANIC'].includes(severity) || NEW_CONNECTION.has(code)
  return { fault: faultOf(code, cause), isLost }
}

function faultOf(code: string, cause: ErrorOptions): Error {
  if (code === '23505') return new UniqueViolation('a row with this key stands', cause)
  const aborted = ABORTED[code]
  if (aborted !== undefined) return new TransactionAborted(aborted, cause)
  const reason = UNAVAILABLE[code] ?? UNAVAILABLE[code.slice(0, 2)]
  if (reason !== undefined) return new StoreUnavailable(reason, cause)
  return new Error('PostgreSQL refused a statement', cause)
}

/** The system's word for it, e.g. `ECONNREFUSED`, without host or port. */
function causeOf(error: unknown): ErrorOptions {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'connection'
  return { cause: new Error(code) }
}
