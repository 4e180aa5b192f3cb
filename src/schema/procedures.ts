import { DEFAULT_PROCEDURES, type Procedures } from '../core/procedures.ts'
import type { ProceduresDocument } from '../generated/types.ts'

/** A validated profile as the core knows it, with the default of everything that it leaves out. */
export function toProcedures(document: ProceduresDocument): Procedures {
  const { windows = {} } = document
  return {
    designated: document.designated ?? DEFAULT_PROCEDURES.designated,
    commissionedIsPublicBody:
      document.commissioned_is_public_body ?? DEFAULT_PROCEDURES.commissionedIsPublicBody,
    duties: document.duties ?? DEFAULT_PROCEDURES.duties,
    windows: {
      rightsRequests: windows.rights_requests ?? DEFAULT_PROCEDURES.windows.rightsRequests,
      inquiries: windows.inquiries ?? DEFAULT_PROCEDURES.windows.inquiries,
    },
  }
}
