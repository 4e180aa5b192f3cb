import { describe, expect, it } from 'vitest'
import type { OutcomeFacts } from '../../src/core/outcome-of.ts'
import { OUTWARD_REASONS, type OutwardReasonId } from '../../src/core/outward-reasons.ts'
import {
  OUTCOME_NATURE_SENTENCES,
  statementOf,
  type StatementQuery,
} from '../../src/core/statements.ts'
import { LEGAL_NATURES, OUTCOME_STATUSES, type Bilingual } from '../../src/core/vocabulary.ts'

const facts = (over: Partial<OutcomeFacts>): OutcomeFacts => ({
  status: 'deleted',
  asOf: 1,
  measures: ['remove'],
  declineReason: null,
  ...over,
})

const say = (over: Partial<OutcomeFacts>, query: Partial<StatementQuery> = {}): Bilingual =>
  statementOf({
    facts: facts(over),
    nature: 'voluntary_request',
    receivedAt: Date.parse('2026-10-16T04:31:01.120Z'),
    clause: { title: { ja: '投稿削除等の基準', en: 'Community standard' }, clause: '3.2' },
    publicNote: null,
    ...query,
  })

const VOLUNTARY =
  'ご依頼への対応は任意であり、対応の要否及び内容は当社が自らの基準により判断しています。'

const MEASURES: ReadonlySet<string> = new Set(['deleted', 'access_blocked', 'other_measure_taken'])

describe('statementOf', () => {
  it('tells a sender that objected that it was looked at again, and stands', () => {
    const upheld = { ja: '理由は変わりません。', en: 'The reason stands.' }
    expect(say({}, { upheld }).ja).toMatch(
      /^お申出を受け、.*判断を維持しました。理由は変わりません。/,
    )
    expect(say({}).ja).not.toContain('お申出')
  })

  it('names clause and measure', () => {
    expect(say({})).toEqual({
      ja: `ご依頼の対象情報について、当社の「投稿削除等の基準」3.2 に基づき判断し、対象情報の削除を実施しました。${VOLUNTARY}`,
      en: 'We assessed the information under clause 3.2 of our "Community standard" and removed it. Acting on a request is voluntary; we decide under our own standards whether and how to act.',
    })
  })

  it.each([
    [
      { status: 'access_blocked', measures: ['disable_access'] },
      '判断し、対象情報の閲覧停止を実施しました。',
    ],
    [
      { status: 'other_measure_taken', measures: ['label_informational', 'demonetize_item'] },
      '次の措置を実施しました（注記ラベル、収益化の停止（投稿））。',
    ],
    [{ status: 'other_measure_taken', measures: [] }, 'その他の措置を実施しました。'],
    [{ status: 'under_review', measures: [] }, '対象情報について検討中です。'],
    [{ status: 'under_review', measures: ['remove'] }, '次の措置を行うと判断しました（削除）。'],
    [
      { status: 'gone_before_receipt', measures: [] },
      '通知の到達時点（2026年10月16日 13時31分）において',
    ],
    [{ status: 'gone_without_measure', measures: [] }, '当社による措置は行っていません。'],
    [{ status: 'not_located', measures: [] }, '通知に記載された場所に'],
    [{ status: 'referred', measures: [] }, '他の管理者をご案内しました。'],
    [
      { status: 'no_measure', measures: [], declineReason: 'unspecified' },
      '措置なしと判断しました。',
    ],
  ] as const)('%j', (over, ja) => {
    expect(say(over).ja).toContain(ja)
    expect(say(over).en).toMatch(/\.$/)
  })

  it('gives the reason for no measure, and says once that an item is not ours', () => {
    for (const [id, { sentence }] of Object.entries(OUTWARD_REASONS)) {
      const said = say({ status: 'no_measure', measures: [], declineReason: id as OutwardReasonId })
      expect(said.ja).toContain(sentence.ja)
      expect(said.en).toContain(sentence.en)
    }
    const { ja } = say({
      status: 'not_administrator',
      measures: [],
      declineReason: 'not_administrator',
    })
    expect(ja.split('当社が管理する情報ではありません。')).toHaveLength(2)
  })

  it('cites no clause that it was not given, and ends with the public note', () => {
    const said = say({}, { clause: null, publicNote: { ja: '補足です。', en: 'A note.' } })
    expect(said.ja).toContain('当社の基準に基づき判断し')
    expect(said.ja.endsWith('補足です。')).toBe(true)
    expect(said.en.endsWith('. A note.')).toBe(true)
  })

  it('law 20: carries the sentence of the assessed nature, and no other', () => {
    for (const nature of LEGAL_NATURES)
      for (const status of OUTCOME_STATUSES) {
        const { ja } = say({ status, measures: [] }, { nature })
        const own = OUTCOME_NATURE_SENTENCES[nature].ja
        const isSaid = nature !== 'statutory_duty' || MEASURES.has(status)
        for (const other of LEGAL_NATURES) {
          const sentence = OUTCOME_NATURE_SENTENCES[other].ja
          if (sentence !== '') expect(ja.includes(sentence)).toBe(isSaid && sentence === own)
        }
      }
  })

  it('of a duty of law says that it was met, where something was done, and cites no clause of ours', () => {
    expect(say({ status: 'deleted' }, { nature: 'statutory_duty' })).toEqual({
      ja: '対象情報の削除を実施しました。法令に基づき対応しました。',
      en: 'We removed it. We acted on the basis of law.',
    })
  })

  it('speaks of guidance as guidance', () => {
    expect(say({}, { nature: 'administrative_guidance' }).ja).toMatch(
      /^要請のあった対象情報について.*当社は、行政指導への任意の協力の要否を、自らの基準により判断しています。$/,
    )
  })

  it('thanks nobody, apologises for nothing, promises no time', () => {
    for (const status of OUTCOME_STATUSES)
      for (const nature of LEGAL_NATURES) {
        const { ja, en } = say({ status, declineReason: 'unspecified' }, { nature })
        expect(ja).not.toMatch(/ありがとう|感謝|申し訳|お詫び|期限|までに|速やか/)
        expect(en).not.toMatch(/thank|sorry|apolog|regret|deadline|shortly|soon|within/i)
      }
  })
})

it('speaks of the day of its arrival to the sender of a letter', () => {
  const facts = {
    status: 'gone_before_receipt',
    asOf: 0,
    measures: [],
    declineReason: null,
  } as const
  const said = statementOf({
    facts,
    nature: 'voluntary_request',
    receivedAt: 0,
    arrivedOn: '2026-11-01',
    clause: null,
    publicNote: null,
  })
  expect(said.ja).toContain('通知の到達時点（2026年11月1日）において')
  expect(said.en).toContain('When the notice arrived (2026-11-01)')
})
