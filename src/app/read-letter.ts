import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { LetterDocument, NoticeDocument } from '../generated/types.ts'
import { readJapaneseDate } from '../letters/japanese-date.ts'
import { noticeOfLetter } from '../letters/letter-notice.ts'
import { validateNotice } from '../schema/validate.ts'

/** A letter on the calendar and under the schema of the wire. */
export interface ReadLetter {
  readonly document: NoticeDocument
  readonly arrivedOn: string
  readonly movedProvisions: readonly string[]
}

/**
 * Reads a letter as the notice that it is.
 *
 * @throws MadoguchiError `date_impossible`, `invalid_input` with pointers into the letter, and what a form
 *   is refused for.
 */
export function readLetter(letter: LetterDocument, id: string): ReadLetter {
  const arrived = readJapaneseDate(letter.arrived_on)
  if (!arrived.ok) throw dateFault('/arrived_on', arrived.reason)
  const read = noticeOfLetter(letter.notice, id)
  if (!read.ok) throw dateFault(`/notice${read.fault.pointer}`, read.fault.reason)
  return {
    document: validated(read.notice),
    arrivedOn: arrived.day,
    movedProvisions: read.movedProvisions,
  }
}

/** The operator is told where in the letter it is, not blamed as a sender is. */
function validated(notice: Readonly<Record<string, unknown>>): NoticeDocument {
  try {
    return validateNotice(notice)
  } catch (fault) {
    if (!(fault instanceof MadoguchiError) || fault.code !== 'schema_mismatch') throw fault
    const errors = fault.details.errors ?? []
    throw new MadoguchiError('invalid_input', {
      errors: errors.map((each) => ({ ...each, pointer: `/notice${each.pointer}` })),
    })
  }
}

function dateFault(pointer: string, reason: 'unreadable' | 'impossible'): MadoguchiError {
  return new MadoguchiError(reason === 'impossible' ? 'date_impossible' : 'invalid_input', {
    errors: [{ pointer, keyword: 'format' }],
  })
}
