import type { DoubleCheck } from './notice.ts'
import { REFERENCE_FORMS, type Form } from './vocabulary.ts'

export interface DoubleCheckQuery {
  readonly form: Form
  /** 担当者. */
  readonly handlerName: string | undefined
  /** 確認者. */
  readonly checkerName: string | undefined
}

/**
 * ダブルチェック方式 (guideline 第3): whether two persons of the sender stand behind a notice, by the names
 * that it carries. Kept when the names are erased; blocks nothing. Only the two reference forms have
 * the two fields.
 */
export function doubleCheckOf({ form, handlerName, checkerName }: DoubleCheckQuery): DoubleCheck {
  if (!REFERENCE_FORMS.some((open) => open === form)) return 'not_applicable'
  const handler = comparable(handlerName)
  const checker = comparable(checkerName)
  if (handler === '' || checker === '') return 'missing'
  return handler === checker ? 'same_name' : 'two_people'
}

/** Full width, spacing and invisible characters make no other person. */
function comparable(name = ''): string {
  return name.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '')
}
