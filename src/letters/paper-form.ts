import type { ReferenceForm } from '../core/vocabulary.ts'
import type { NoticeDocument, NoticeTarget } from '../generated/types.ts'

/**
 * What stands on the paper of a reference form, under the names of the wire. The paper has no category
 * and no identifiers; and a letter may leave out anything.
 */
export interface PaperForm {
  /** By its title; absent where the letter has none. */
  readonly form?: ReferenceForm
  readonly reference_no?: string
  /** `YYYY-MM-DD`. */
  readonly issued_on?: string
  readonly addressee_name?: string
  readonly sender_name?: string
  readonly contact_email?: string
  readonly handler_name?: string
  readonly checker_name?: string
  readonly request_text?: string
  readonly target: Readonly<NoticeTarget>
  readonly content_description?: string
  /** Belongs to form 1; letters on form 2 cite laws all the same. */
  readonly legal_provisions?: readonly string[]
  readonly guideline_category?: string
  readonly reasoning?: string
  readonly enquiry?: string
}

/** The members of a notice that its paper form prints. */
const PRINTED = [
  'form',
  'reference_no',
  'issued_on',
  'addressee_name',
  'sender_name',
  'contact_email',
  'handler_name',
  'checker_name',
  'request_text',
  'target',
  'content_description',
  'legal_provisions',
  'guideline_category',
  'reasoning',
  'enquiry',
] as const satisfies readonly (keyof PaperForm)[]

/** What a notice says on paper. */
export function paperFormOf(notice: NoticeDocument): PaperForm {
  const members: Readonly<Partial<Record<keyof PaperForm, unknown>>> = notice
  const printed = PRINTED.map((name) => [name, members[name]] as const)
  const present = printed.filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as unknown as PaperForm
}
