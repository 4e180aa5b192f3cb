import type { ReviewItem } from '../../core/accreditation.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import type { SenderDocument } from '../../generated/types.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { HotlineClient } from '../hotline/hotline-client.ts'
import { printQuality, reviewText, type QualityOnWire } from '../review-words.ts'
import { SENDER_WORLD, tellRefusal } from '../send-and-check.ts'
import { SENDER_OPTIONS, senderFrom } from '../sender-access.ts'
import { word } from '../words.ts'

interface RegistrationOnWire extends SenderDocument {
  readonly tier_criteria: Bilingual
  readonly own_goal_minutes: number
  readonly band0_goal_minutes: number
  readonly review: readonly ReviewItem[]
  readonly quality: QualityOnWire & { readonly contest: Bilingual }
}

/** 登録の内容, as its sender asks for it. */
export const REGISTRATION: Command = {
  name: 'registration',
  options: SENDER_OPTIONS,
  summary: {
    ja: '通知元として自らの登録の内容を見る（優先区分とその理由、通知の質）',
    en: 'See your own registration as a sender: tier, why, quality of notices',
  },
  run: registration,
}

async function registration({ flags, out }: Call): Promise<ExitCode> {
  const { desk, identity } = await senderFrom(flags)
  const { status, answer } = await new HotlineClient(desk, identity, SENDER_WORLD).registration()
  if (status !== 200) {
    tellRefusal(out, status, answer)
    return 1
  }
  const own = answer as RegistrationOnWire
  out.result(own, () => {
    out.facts([
      [{ ja: '識別子', en: 'id' }, own.id],
      [{ ja: '優先区分', en: 'tier' }, word(out, own.tier)],
      [{ ja: '基準', en: 'criteria' }, out.text(own.tier_criteria)],
      [{ ja: '理由', en: 'why' }, own.tier_reason ? out.text(own.tier_reason) : '—'],
      [
        { ja: '自社の目標', en: 'our goal' },
        out.text({
          ja: `${own.own_goal_minutes}分（緊急区分 ${own.band0_goal_minutes}分）`,
          en: `${own.own_goal_minutes} minutes (band 0: ${own.band0_goal_minutes})`,
        }),
      ],
      [{ ja: '対象範囲', en: 'scope' }, own.scope?.join(', ') ?? out.text(ALL)],
      [{ ja: '確認事項', en: 'to look at' }, reviewText(out, own.review)],
    ])
    printQuality(out, own.quality)
    if (own.quality.counts !== null) out.say(own.quality.contest)
  })
  return 0
}

const ALL: Bilingual = { ja: 'すべて', en: 'everything' }
