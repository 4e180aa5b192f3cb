import { expect, it } from 'vitest'
import type { LetterNotice } from '../../src/generated/types.ts'
import { noticeOfLetter } from '../../src/letters/letter-notice.ts'
import { letterOf } from '../support/letters.ts'

const letter = (over: Partial<LetterNotice> = {}): LetterNotice => ({
  ...(letterOf('yamibaito_recruitment')['notice'] as LetterNotice),
  ...over,
})

it('the day by which an answer is hoped for is read on the calendar of the letter, too', () => {
  expect(noticeOfLetter(letter(), 'letter-1')).toMatchObject({
    ok: true,
    notice: { id: 'letter-1' },
  })
  const dated = noticeOfLetter(letter({ answer_wanted_on: '令和6年12月18日' }), 'letter-1')
  expect(dated).toMatchObject({ ok: true, notice: { answer_wanted_on: '2024-12-18' } })
  expect(noticeOfLetter(letter({ answer_wanted_on: '来週' }), 'letter-1')).toEqual({
    ok: false,
    fault: { pointer: '/answer_wanted_on', reason: 'unreadable' },
  })
})
