import type { ProceduresDocument } from '../generated/types.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** 手続の定め as this process runs by it: the document as the platform wrote it. */
export function readProcedures({ config }: AppContext, actor: Actor): ProceduresDocument {
  requirePermission(actor, 'procedures.read')
  return config.proceduresDocument
}
