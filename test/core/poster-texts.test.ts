import { describe, expect, it } from 'vitest'
import { ACTION_KINDS, type ActionKind } from '../../src/core/action-kind.ts'
import { DEFAULT_POSTER_RULES } from '../../src/core/poster-rules.ts'
import {
  helpFirst,
  isToldToPoster,
  type PosterMeasure,
  posterStatement,
  type StatementFacts,
} from '../../src/core/poster-statement.ts'
import { posterText } from '../../src/core/poster-texts.ts'
import type { Sender } from '../../src/core/sender.ts'
import { DAY } from '../../src/core/time.ts'
import { ground, NOW, person, standard } from './case-builder.ts'

const sender = (type: string, over: Partial<Sender> = {}): Sender => ({
  id: `https://${type.replaceAll('_', '-')}.example/`,
  name: `架空の${type}`,
  type,
  tier: 'verified',
  tierReason: null,
  accreditation: null,
  criteria: null,
  nature: 'voluntary_request',
  commission: null,
  statutesInCharge: null,
  licensingPowers: false,
  scope: null,
  agreedRatePerDay: 1,
  agreedBand0RatePerDay: 1,
  callbackUrl: null,
  state: 'active',
  createdAt: 1,
  ...over,
})

const measure = (kind: ActionKind, at = NOW, over: Partial<PosterMeasure> = {}) =>
  ({
    kind,
    scope: ACTION_KINDS[kind].scope === 'account' ? 'account' : 'item',
    at,
    territory: null,
    endsAt: null,
    interim: false,
    ...over,
  }) as const

const CITED = {
  ...standard,
  clauses: [
    { id: '3.2', title: { ja: '条項', en: 'Clause' }, link: 'https://sns.example/rules#3-2' },
  ],
}

const facts = (over: Partial<StatementFacts> = {}): StatementFacts => ({
  kind: 'measures',
  decision: { mode: 'human', by: [person('a')], ground },
  measures: [measure('remove')],
  nature: 'voluntary_request',
  helpFirst: false,
  senders: [sender('hotline_private')],
  standards: [CITED],
  appeal: null,
  wasPostponed: false,
  rules: DEFAULT_POSTER_RULES,
  ...over,
})

function said(over: Partial<StatementFacts> = {}, reference: string | null = 'pnt_1') {
  const statement = posterStatement(facts(over))
  const { title, body } = posterText({
    statement,
    platformName: '架空SNS',
    contact: 'desk@sns.example',
    reference,
  })
  return { statement, ja: `${title.ja}\n${body.ja}`, en: `${title.en}\n${body.en}` }
}

describe('the reasons for a measure', () => {
  it('say what was done, on which clause with its link, by whom, after what, and how to object', () => {
    const { ja, en } = said()
    expect(`${ja}\n---\n${en}`).toMatchInlineSnapshot(`
      "あなたの投稿に対する措置のお知らせ
      架空SNSは、あなたの投稿に対して、次の措置を行いました。
      ・削除（2026年11月22日 10時00分から、対象地域: 全域、期間の定めなし）

      この措置は、当社が公表している「投稿削除等の基準」3.2（条項）に基づくものです。
      https://sns.example/rules#3-2

      当社の担当者が判断しました。自動的な判断ではありません。

      外部の団体から依頼がありました。応じるかどうかは任意であり、措置の要否と内容は、当社が自らの基準により判断しています。

      異議があるときは、当社の窓口（desk@sns.example）へのご連絡により、異議の申出ができます。この判断に関わっていない担当者が、改めて検討します。

      お知らせ番号: pnt_1
      ---
      A measure on your post
      架空SNS has taken this measure on your post:
      - Removal (from 2026-11-22 10:00 JST, everywhere, for no set time)

      It rests on clause 3.2 (Clause) of our published "Community standard".
      https://sns.example/rules#3-2

      A person of ours decided on it; it was not automatic.

      We had a request from an outside organisation. Following such a request is voluntary; we decided under our own standards whether and how to act.

      If you object, you can say so by writing to us (desk@sns.example). Somebody who took no part in this decision will look at it again.

      Reference: pnt_1"
    `)
  })

  it('say what was done to the account, and to both', () => {
    expect(said({ measures: [measure('suspend_account')] }).ja).toContain(
      'あなたのアカウントに対する措置のお知らせ',
    )
    const both = said({ measures: [measure('remove'), measure('suspend_account')] })
    expect(both.ja).toContain('あなたの投稿及びアカウントに対して')
    expect(both.en).toContain('has taken these measures on your post and account')
    expect(said({ kind: 'restored', measures: both.statement.measures }).en).toContain(
      'these measures',
    )
  })

  it('say where a measure holds and until when', () => {
    const terms = { territory: ['JP', 'KR'], endsAt: NOW + DAY, interim: true }
    const { ja, en } = said({ measures: [measure('disable_access', NOW, terms)] })
    expect(ja).toContain(
      '・閲覧停止（暫定措置、2026年11月22日 10時00分から、対象地域: 日本・KR、2026年11月23日 10時00分まで）',
    )
    expect(en).toContain(
      '(interim, from 2026-11-22 10:00 JST, in Japan, KR, until 2026-11-23 10:00 JST)',
    )
  })

  it('say no place of what has none, and no end of what is done once', () => {
    expect(said({ measures: [measure('suspend_account')] }).ja).toContain(
      '・アカウントの一時停止（2026年11月22日 10時00分から、期間の定めなし）',
    )
    expect(said({ measures: [measure('ask_poster_to_amend')] }).en).toContain(
      '- Ask the poster to amend (2026-11-22 10:00 JST)',
    )
  })

  it('say whether a policy did it by itself, or how many people', () => {
    const policy = said({ decision: { mode: 'standing_policy', by: [], ground } })
    expect(policy.statement.automated).toBe(true)
    expect(policy.ja).toContain('自動的に行いました')
    const two = said({
      decision: { mode: 'human_two_person', by: [person('a'), person('b')], ground },
    })
    expect(two.ja).toContain('複数の担当者が判断しました')
  })

  it('name no clause where none is known', () => {
    const { ja, statement } = said({ standards: [] })
    expect(statement.ground).toBeNull()
    expect(ja).not.toContain('に基づくものです')
    const bare = said({ standards: [standard] })
    expect(bare.statement.ground?.link).toBeNull()
    expect(bare.ja).toContain('（条項）に基づくものです。\n\n')
  })

  it('carry no number while nothing is recorded', () => {
    expect(said({}, null).ja).not.toContain('お知らせ番号')
  })

  it('say that telling was postponed, and nothing of why', () => {
    expect(said({ wasPostponed: true }).ja).toContain('お伝えする時期を延期していました')
  })

  it('take the way to object from the platform', () => {
    const objection = {
      how: { ja: '設定の「異議の申出」', en: 'the settings' },
      link: 'https://sns.example/o',
    }
    const { ja, en } = said({ rules: { ...DEFAULT_POSTER_RULES, objection } })
    expect(ja).toContain('設定の「異議の申出」（https://sns.example/o）により')
    expect(en).toContain('by the settings (https://sns.example/o)')
  })
})

describe('who asked', () => {
  const named = { ...DEFAULT_POSTER_RULES, nameOrganisations: true }
  const agency = sender('administrative_agency', { name: '架空庁 消費者課' })

  it('an organisation only by the choice of the platform, with who commissioned it', () => {
    const one = sender('hotline_state_commissioned', {
      name: '架空ホットライン',
      commission: { by: '架空庁', purpose: '通報', since: '2026-04-01' },
    })
    expect(said({ senders: [one] }).ja).toContain('外部の団体から依頼がありました')
    expect(said({ senders: [one] }).ja).not.toContain('架空ホットライン')
    const { ja, en } = said({ senders: [one, sender('trusted_flagger')], rules: named })
    expect(ja).toContain(
      '架空ホットライン（架空庁の委託・認証を受けた団体）から依頼がありました。架空のtrusted_flaggerから',
    )
    expect(en).toContain('which is commissioned by 架空庁')
    expect(ja.match(/応じるかどうかは任意/g)).toHaveLength(1)
  })

  it('an agency by default, with what one can say about its request and to whom', () => {
    const rules = {
      ...DEFAULT_POSTER_RULES,
      agencyContacts: [{ sender: agency.id, contact: '架空庁 広報室 03-0000-0000' }],
    }
    const { ja, en } = said({ senders: [agency], rules })
    expect(ja).toContain('架空庁 消費者課から要請がありました')
    expect(ja).toContain('架空庁 消費者課の要請そのものが適切でないとお考えのときは')
    expect(ja).toContain('公開の連絡先: 架空庁 広報室 03-0000-0000')
    expect(en).toContain('Its public contact')
    expect(said({ senders: [agency] }).ja).not.toContain('公開の連絡先')
    for (const type of ['police_national', 'police_prefectural', 'local_government'])
      expect(said({ senders: [sender(type)] }).ja).toContain(`架空の${type}から要請`)
  })

  it('that an agency asked, also where the platform does not name it', () => {
    const { ja } = said({
      senders: [agency],
      rules: { ...DEFAULT_POSTER_RULES, nameAgencies: false },
    })
    expect(ja).toContain('行政機関から要請がありました')
    expect(ja).not.toContain('架空庁')
  })

  it('a user or somebody whose rights are infringed never', () => {
    for (const type of ['user', 'rights_holder', 'rights_holder_agent', 'automated_detector']) {
      const { ja, statement } = said({ senders: [sender(type)], rules: named })
      expect(statement.promptedBy).toEqual([])
      expect(ja).not.toContain('架空の')
      expect(ja).toContain('当社が自ら投稿を確認し')
    }
  })

  it('a type that no list knows counts as an organisation', () => {
    expect(said({ senders: [sender('somebody_new')] }).ja).toContain('外部の団体から依頼')
  })

  it('that law asked for it, where the platform had no choice', () => {
    const { ja, statement } = said({ nature: 'court_order', senders: [agency] })
    expect(statement.promptedBy).toEqual([
      { kind: 'law', name: null, commissionedBy: null, contact: null },
    ])
    expect(ja).toContain('法令に基づく手続を受けて行いました')
    expect(ja).not.toContain('任意')
  })

  it('several of one kind that are not named are one', () => {
    expect(
      said({ senders: [sender('hotline_private'), sender('fact_checker')] }).statement.promptedBy,
    ).toHaveLength(1)
  })
})

describe('help first (R-22)', () => {
  const rules = {
    ...DEFAULT_POSTER_RULES,
    help: [{ ja: '架空の相談電話', en: 'Fictional help line', contact: '0000-00-0000' }],
  }

  it('stands before everything else, and accuses nobody', () => {
    const { ja, en } = said({ helpFirst: true, rules })
    expect(ja.indexOf('架空の相談電話 0000-00-0000')).toBeLessThan(ja.indexOf('・削除'))
    expect(ja.indexOf('119番')).toBeLessThan(ja.indexOf('・削除'))
    expect(ja).not.toMatch(/警告|違反|違法|異議/)
    expect(en).not.toMatch(/warn|violat|illegal|unlawful/i)
    expect(ja).toContain('担当者が読みます')
    expect(ja).toContain('アカウントは、これまでどおり')
    expect(en).toContain('Fictional help line: 0000-00-0000')
  })

  it('names 119 and 110 also where the platform has no list', () => {
    expect(said({ helpFirst: true }).ja).toContain('119番（救急）又は110番（警察）')
  })

  it('is for whom a person found to seek help, and in these categories for everybody until a person says otherwise', () => {
    const category = 'suicide_inducement'
    expect(helpFirst({ selfHarm: null, category })).toBe(true)
    expect(helpFirst({ selfHarm: 'luring', category })).toBe(false)
    expect(helpFirst({ selfHarm: null, category: 'gambling' })).toBe(false)
    expect(helpFirst({ selfHarm: 'seeking', category: 'gambling' })).toBe(true)
  })

  it('stands before the answer and before the restoration too', () => {
    const answer = { receivedAt: NOW, result: 'upheld', words: null, aboutRequest: false } as const
    expect(
      said({ kind: 'appeal_answer', appeal: answer, measures: [], helpFirst: true, rules }).ja,
    ).toContain('架空の相談電話')
    expect(said({ kind: 'restored', helpFirst: true, rules }).ja).toContain('架空の相談電話')
  })
})

describe('what comes later', () => {
  it('a restoration says what was taken back, on its own', () => {
    const { ja, en } = said({ kind: 'restored' })
    expect(`${ja}\n---\n${en}`).toMatchInlineSnapshot(`
      "あなたの投稿に対する措置の取消しのお知らせ
      架空SNSは、あなたの投稿に対して行った次の措置を取り消し、元の状態に戻しました。
      ・削除（2026年11月22日 10時00分に取消し）

      お知らせ番号: pnt_1
      ---
      A measure on your post was taken back
      架空SNS has taken back this measure on your post and restored the earlier state:
      - Removal (taken back 2026-11-22 10:00 JST)

      Reference: pnt_1"
    `)
  })

  it.each(['upheld', 'changed'] as const)('an answer to an objection: %s', (result) => {
    const words = { ja: '引用の文脈も確認しました。', en: 'We looked at the quoted context too.' }
    const appeal = { receivedAt: NOW, result, words, aboutRequest: false }
    const { ja, en } = said({ kind: 'appeal_answer', measures: [], appeal })
    expect(ja).toContain(result === 'upheld' ? '判断を維持しました' : '判断を変更しました')
    expect(ja).toContain(words.ja)
    expect(en).toContain(words.en)
    expect(ja.includes('に基づくものです')).toBe(result === 'upheld')
  })

  it('an answer about the request names where else one can say so', () => {
    const appeal = { receivedAt: NOW, result: 'upheld', words: null, aboutRequest: true } as const
    const about = { kind: 'appeal_answer', measures: [], appeal } as const
    expect(said({ ...about, senders: [sender('administrative_agency')] }).ja).toContain(
      '要請についてのお申出も記録しました。\n架空のadministrative_agencyの要請そのものが',
    )
    expect(said(about).ja).toMatch(/要請についてのお申出も記録しました。\n\n/)
  })

  it('no answer without an objection', () => {
    expect(said({ kind: 'appeal_answer', measures: [] }).ja).toBe(
      '異議の申出への回答\nお知らせ番号: pnt_1',
    )
  })
})

it('measures on an item or account are told; those on the service, and counter-actions, are not', () => {
  const kinds = Object.keys(ACTION_KINDS) as ActionKind[]
  expect(kinds.filter((kind) => !isToldToPoster(kind))).toEqual([
    'user_advisory',
    'prominence_trusted_source',
    'restore',
  ])
})

it('a clause that is not there any more, and a decision without a ground, are no clause', () => {
  const by = [person('a')]
  for (const decision of [
    { mode: 'human', by, ground: null } as const,
    { mode: 'human', by, ground: { ...ground, clause: '9.9' } } as const,
  ])
    expect(posterStatement(facts({ decision })).ground).toBeNull()
})
