import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import {
  COUNTED_MANNERS,
  isMannerCounted,
  isMannerGround,
  isRestriction,
  mannerSentence,
  mannersOf,
  NO_MANNER,
  SUPPLIED_MANNERS,
} from '../../src/core/manner.ts'
import { acting, claimAndDecide, codeOf, done, ground, person, readyCase } from './case-builder.ts'

const RULE = { repeatFrom: 3, duplicateFrom: 2 }

describe('態様', () => {
  it('holds from the number on that the platform set; what the platform supplies holds by itself', () => {
    expect(mannersOf({ ...NO_MANNER, repeat: 2, duplicate: 1 }, RULE)).toEqual([])
    expect(mannersOf({ repeat: 3, duplicate: 2, supplied: ['bot_like'] }, RULE)).toEqual([
      'repeat_posting',
      'duplicate_posting',
      'bot_like',
    ])
    expect(mannersOf({ ...NO_MANNER, supplied: SUPPLIED_MANNERS }, RULE)).toEqual(SUPPLIED_MANNERS)
    expect(COUNTED_MANNERS).toHaveLength(2)
  })

  it('is said to the reviewer in both languages, as a fact and not as a judgement of the content', () => {
    expect(mannerSentence(NO_MANNER)).toBeNull()
    const said = mannerSentence({ repeat: 2, duplicate: 1, supplied: ['impression_farming'] })
    expect(said?.ja).toContain('別の投稿2件')
    expect(said?.ja).toContain('内容の当否を示すものではありません')
    expect(said?.en).toContain('2 other item(s)')
    expect(said?.en).toContain('no notice that came')
    expect(mannerSentence({ ...NO_MANNER, supplied: ['bot_like'] })?.ja).not.toContain('件')
  })
})

describe('what counts', () => {
  it('restricts what is seen, money or an account, and is final', () => {
    const counting = Object.keys(ACTION_KINDS).filter((kind) =>
      isRestriction(kind as ActionKind, null),
    )
    for (const kind of [
      'label_police_warning',
      'label_informational',
      'label_ai_generated',
      'warn_poster',
      'ask_poster_to_delete',
      'ask_poster_to_amend',
      'user_advisory',
      'prominence_trusted_source',
      'restore',
    ])
      expect(counting).not.toContain(kind)
    for (const kind of ['remove', 'demote', 'demonetize_item', 'suspend_account'])
      expect(counting).toContain(kind)
    expect(isRestriction('remove', { interim: true })).toBe(false)
    expect(isRestriction('remove', { territory: ['JP'] })).toBe(true)
  })
})

describe('a ground of manner', () => {
  it('rests on what was counted', () => {
    expect(isMannerGround('manner_policy_repeat')).toBe(true)
    expect(isMannerGround('tos_clause')).toBe(false)
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), (repeat, duplicate) => {
        const counts = { repeat, duplicate }
        expect(isMannerCounted('manner_policy_repeat', counts)).toBe(repeat > 0)
        expect(isMannerCounted('manner_policy_duplicate', counts)).toBe(duplicate > 0)
        expect(isMannerCounted('published_standard_clause', counts)).toBe(true)
      }),
    )
  })

  it('cites a clause in force like any other, and is refused where nothing was counted', () => {
    const cite = (clause: string) => ({
      ...acting('remove'),
      ground: { ...ground, kind: 'manner_policy_repeat', clause },
    })
    const answer = (clause: string, repeat?: number) =>
      claimAndDecide(
        readyCase(),
        person('a'),
        cite(clause),
        repeat === undefined ? {} : { manner: { repeat, duplicate: 9 } },
      )
    expect(codeOf(answer('9.9', 3))).toBe('clause_not_in_force')
    expect(codeOf(answer('3.2', 0))).toBe('manner_not_counted')
    expect(codeOf(answer('3.2'))).toBe('manner_not_counted')
    const { events } = done(answer('3.2', 2))
    expect(events.at(-1)).toMatchObject({ detail: { manner: { repeat: 2, duplicate: 9 } } })
    const other = claimAndDecide(readyCase(), person('a'), acting('remove'))
    expect(done(other).events.at(-1)?.detail).not.toHaveProperty('manner')
  })
})
