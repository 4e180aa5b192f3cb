import { isAgencyType } from '../lane.ts'
import type { ToldNotice } from './told.ts'

/** Whether bodies that the state commissions are counted as 公的機関; the text of the rule doesn't say. */
export interface PublicBodyRule {
  readonly commissionedIsPublicBody: boolean
}

/** 公的機関（裁判所を除く。）: as whose request a notice is counted; `null`: as none of these. */
export function isPublicBody(
  { of }: Pick<ToldNotice, 'of'>,
  { commissionedIsPublicBody }: PublicBodyRule,
): 'public_body' | 'commissioned' | null {
  if (of.sender_type.some(isAgencyType)) return 'public_body'
  if (!of.commission.some((body) => body !== 'none')) return null
  return commissionedIsPublicBody ? 'public_body' : 'commissioned'
}
