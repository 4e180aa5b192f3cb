import type { Accreditation, SenderCriteria } from '../core/accreditation.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type {
  SenderAccreditation,
  SenderCriteria as SenderCriteriaDocument,
} from '../generated/types.ts'

/**
 * A validated accreditation as the core knows it.
 *
 * @throws MadoguchiError `invalid_input` where it ends before it begins.
 */
export function toAccreditation(
  document: SenderAccreditation | null | undefined,
): Accreditation | null {
  if (document === null || document === undefined) return null
  const { report, from, to = null } = document
  if (to !== null && to < from)
    throw new MadoguchiError('invalid_input', {
      errors: [{ pointer: '/accreditation/to', keyword: 'minimum' }],
    })
  return {
    grantedBy: document.granted_by,
    basis: document.basis,
    from,
    to,
    reviewOn: document.review_on,
    roles: document.roles,
    legalForm: document.legal_form,
    funding: document.funding,
    conflictsOfInterest: document.conflicts_of_interest,
    report: report ? { address: report.address, publishedOn: report.published_on } : null,
  }
}

/** An accreditation with the wire's names. */
export function fromAccreditation(accreditation: Accreditation): SenderAccreditation {
  const { report } = accreditation
  return {
    granted_by: accreditation.grantedBy,
    basis: accreditation.basis,
    from: accreditation.from,
    to: accreditation.to,
    review_on: accreditation.reviewOn,
    roles: [...accreditation.roles],
    legal_form: accreditation.legalForm,
    funding: accreditation.funding,
    conflicts_of_interest: accreditation.conflictsOfInterest,
    report: report && { address: report.address, published_on: report.publishedOn },
  }
}

/** Validated criteria of a sender as the core knows them. */
export function toCriteria(
  document: SenderCriteriaDocument | null | undefined,
): SenderCriteria | null {
  if (document === null || document === undefined) return null
  const { address, version, users_consulted: usersConsulted } = document
  return { address, version, usersConsulted }
}

/** Criteria of a sender with the wire's names. */
export function fromCriteria(criteria: SenderCriteria): SenderCriteriaDocument {
  const { address, version, usersConsulted } = criteria
  return { address, version, users_consulted: usersConsulted }
}
