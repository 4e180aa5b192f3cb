import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CONTEST,
  FAULT_SENTENCES,
  faultOfReason,
  QUALITY_FAULTS,
  QUALITY_MINIMUM,
  qualityOf,
  type ClosedNotice,
} from '../../src/core/quality.ts'
import { OUTWARD_REASONS } from '../../src/core/outward-reasons.ts'

const closed = (count: number, fault: ClosedNotice['fault'] = null): ClosedNotice[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `ntc_${fault ?? 'none'}_${at}`,
    senderNoticeId: `own-${at}`,
    fault,
  }))

describe('通知の質', () => {
  it('counts what a sender controls, and nothing that the platform found on the merits', () => {
    const counted = Object.keys(OUTWARD_REASONS).filter((reason) => faultOfReason(reason) !== null)
    expect(counted.sort()).toEqual([
      'insufficient_identification',
      'insufficient_reasoning',
      'misaddressed',
      'sender_out_of_scope',
    ])
    expect(faultOfReason(null)).toBeNull()
  })

  it('counts nothing before twenty notices are closed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), (count) => {
        const quality = qualityOf(closed(count, 'insufficient'))
        expect(quality.closed).toBe(count)
        expect(quality.counts === null).toBe(count < QUALITY_MINIMUM)
        expect(quality.notices).toHaveLength(count < QUALITY_MINIMUM ? 0 : count)
      }),
    )
  })

  it('names the notices with the reason; but not those whose poster may have objected', () => {
    const few = [...closed(18), ...closed(2, 'misaddressed'), ...closed(4, 'overturned')]
    expect(qualityOf(few)).toMatchObject({
      closed: 24,
      counts: [
        { fault: 'insufficient', count: 0 },
        { fault: 'misaddressed', count: 2 },
        { fault: 'out_of_scope', count: 0 },
        { fault: 'overturned', count: null },
      ],
      notices: [{ fault: 'misaddressed' }, { fault: 'misaddressed' }],
    })
    const more = qualityOf([...closed(20), ...closed(5, 'overturned')])
    expect(more.counts?.at(-1)).toEqual({ fault: 'overturned', count: 5 })
    expect(more.notices).toEqual([])
  })

  it('is said neutrally, and where both erred both are named', () => {
    for (const fault of QUALITY_FAULTS) {
      const { ja, en } = FAULT_SENTENCES[fault]
      expect(`${ja}${CONTEST.ja}`).not.toMatch(/違反|怠|拒否|不服従|期限|義務|スコア|率/)
      expect(`${en} ${CONTEST.en}`).not.toMatch(/violat|refus|fail|score|rate\b/i)
    }
    expect(FAULT_SENTENCES.overturned.ja).toContain('当社の判断')
    expect(FAULT_SENTENCES.overturned.ja).not.toMatch(/発信者|異議/)
    expect(FAULT_SENTENCES.overturned.en).not.toMatch(/poster|appeal/i)
  })
})
