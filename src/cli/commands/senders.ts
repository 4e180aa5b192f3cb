import { changeSender } from '../../app/change-sender.ts'
import { readSender, readSenders } from '../../app/read-senders.ts'
import { registerSender } from '../../app/register-sender.ts'
import type { ReviewItem } from '../../core/accreditation.ts'
import type { BreakerState } from '../../core/breaker.ts'
import { label } from '../../core/vocabulary-lookup.ts'
import { fromSender, type SenderView } from '../../schema/to-core.ts'
import type { Command, ExitCode, Call } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { PROGRAM } from '../next-command.ts'
import type { Output } from '../output.ts'
import { readJsonFile } from '../read-json-file.ts'
import { printQuality, reviewText, type QualityOnWire } from '../review-words.ts'
import { timeForPeople, word } from '../words.ts'
import type { KeyOnWire } from './key-steps.ts'
import { printKeys } from './keys.ts'

type ReviewedOnWire = SenderView & { readonly review: readonly ReviewItem[] }

/** A sender in full, as the wire has it. */
type SenderOnWire = ReviewedOnWire & {
  readonly quality: QualityOnWire
  readonly keys: readonly KeyOnWire[]
  readonly endpoint: {
    readonly state: BreakerState
    readonly failures: number
    readonly paused_until: string | null
  } | null
}

const ADMIN = { devOperator: 'admin', isForSystem: true } as const

/** Senders: who may hand in notices. */
export const SENDERS: readonly Command[] = [
  {
    name: 'senders add',
    operands: ['FILE'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '通知元を登録する（FILE は schemas/sender.schema.json の JSON）',
      en: 'Register a sender (FILE: JSON as in schemas/sender.schema.json)',
    },
    run: async (call: Call): Promise<ExitCode> => {
      const { flags, out } = call
      const body = readJsonFile(flags.operand(0, 'FILE'))
      const sender = (await onDesk(call, {
        ...ADMIN,
        method: 'POST',
        path: '/v1/senders',
        body,
        run: async (ctx, actor) => fromSender(await registerSender(ctx, actor, body)),
      })) as SenderView
      out.result(sender, () => {
        out.say({
          ja: `登録しました: ${sender.id}\n鍵を登録すると受け付けられます: ${PROGRAM} keys add ${sender.id} JWK_FILE`,
          en: `Registered: ${sender.id}\nNotices are accepted once a key is registered: ${PROGRAM} keys add ${sender.id} JWK_FILE`,
        })
      })
      return 0
    },
  },
  {
    name: 'senders list',
    options: ACCESS_OPTIONS,
    summary: { ja: '通知元の一覧', en: 'List senders' },
    run: async (call: Call): Promise<ExitCode> => {
      const answer = (await onDesk(call, {
        ...ADMIN,
        method: 'GET',
        path: '/v1/senders',
        run: async (ctx, actor) => ({
          items: (await readSenders(ctx, actor)).map(({ review, ...sender }) => ({
            ...fromSender(sender),
            review,
          })),
        }),
      })) as { readonly items: readonly ReviewedOnWire[] }
      const { out } = call
      out.result(answer, () => {
        printSenders(out, answer.items)
      })
      return 0
    },
  },
  {
    name: 'senders show',
    operands: ['SENDER'],
    options: ACCESS_OPTIONS,
    summary: { ja: '通知元の登録と鍵を表示する', en: 'Show a sender and its keys' },
    run: showSender,
  },
  changing('suspend', 'suspended', {
    ja: '通知元からの受付を停止する',
    en: 'Suspend a sender: its notices are refused',
  }),
  changing('activate', 'active', {
    ja: '停止した通知元からの受付を再開する',
    en: 'Take notices of a suspended sender again',
  }),
]

async function showSender(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'SENDER')
  const sender = (await onDesk(call, {
    ...ADMIN,
    method: 'GET',
    path: `/v1/senders/${encodeURIComponent(id)}`,
    run: async (ctx, actor) => {
      const { sender: row, ...rest } = await readSender(ctx, actor, id)
      return { ...fromSender(row), review: row.review, ...rest }
    },
  })) as SenderOnWire
  out.result(sender, () => {
    printSender(out, sender)
    printQuality(out, sender.quality)
    out.say('')
    printKeys(out, sender.keys)
  })
  return 0
}

function changing(verb: string, state: SenderView['state'], summary: Command['summary']): Command {
  return {
    name: `senders ${verb}`,
    operands: ['SENDER'],
    options: ACCESS_OPTIONS,
    summary,
    run: async (call: Call): Promise<ExitCode> => {
      const { flags, out } = call
      const id = flags.operand(0, 'SENDER')
      const sender = (await onDesk(call, {
        ...ADMIN,
        method: 'PATCH',
        path: `/v1/senders/${encodeURIComponent(id)}`,
        body: { state },
        run: async (ctx, actor) => fromSender(await changeSender(ctx, actor, id, { state })),
      })) as SenderView
      out.result(sender, () => {
        out.say(`${sender.id}  ${word(out, sender.state)}`)
      })
      return 0
    },
  }
}

function printSenders(out: Output, senders: readonly ReviewedOnWire[]): void {
  if (senders.length === 0) {
    out.say({ ja: '登録された通知元はありません。', en: 'No sender is registered.' })
    return
  }
  out.table<ReviewedOnWire>(
    [
      { title: { ja: '識別子', en: 'id' }, text: ({ id }) => id },
      { title: { ja: '名称', en: 'name' }, text: ({ name }) => name },
      { title: { ja: '優先区分', en: 'tier' }, text: ({ tier }) => word(out, tier) },
      { title: { ja: '状態', en: 'state' }, text: ({ state }) => word(out, state) },
      { title: { ja: '委託・認証', en: 'commission' }, text: (row) => commissionOf(out, row) },
      { title: { ja: '確認事項', en: 'to look at' }, text: (row) => reviewText(out, row.review) },
    ],
    senders,
  )
}

function printSender(out: Output, sender: SenderOnWire): void {
  out.facts([
    [{ ja: '識別子', en: 'id' }, sender.id],
    [{ ja: '名称', en: 'name' }, sender.name],
    [{ ja: '種別', en: 'type' }, label('sender-types', sender.type, out.lang)],
    [{ ja: '優先区分', en: 'tier' }, word(out, sender.tier)],
    [{ ja: '法的性質', en: 'legal nature' }, label('natures', sender.nature ?? '', out.lang)],
    [{ ja: '委託・認証', en: 'commission' }, commissionOf(out, sender)],
    [{ ja: '認定', en: 'accreditation' }, accreditationOf(out, sender)],
    [{ ja: '判断基準', en: 'criteria' }, criteriaOf(sender)],
    [{ ja: '確認事項', en: 'to look at' }, reviewText(out, sender.review)],
    [
      { ja: '合意した件数', en: 'agreed rate' },
      out.text({
        ja: `1日 ${sender.agreed_rate_per_day} 件（緊急区分 ${sender.agreed_band0_rate_per_day} 件）`,
        en: `${sender.agreed_rate_per_day} a day (band 0: ${sender.agreed_band0_rate_per_day})`,
      }),
    ],
    [
      { ja: '送付先', en: 'endpoint' },
      sender.callback_url ?? out.text({ ja: 'なし（照会による）', en: 'none (it polls)' }),
    ],
    [{ ja: '送付先の状態', en: 'endpoint is' }, healthOf(out, sender)],
    [{ ja: '状態', en: 'state' }, word(out, sender.state)],
    [{ ja: '登録日時', en: 'registered' }, timeForPeople(out, sender.created_at)],
  ])
}

function healthOf(out: Output, { endpoint }: SenderOnWire): string {
  if (endpoint === null) return '—'
  const until = timeForPeople(out, endpoint.paused_until)
  if (endpoint.state === 'closed') return out.text({ ja: '正常', en: 'well' })
  if (endpoint.state === 'half_open')
    return out.text({ ja: '確認待ち（次の送付で判断）', en: 'to be tried by the next attempt' })
  return out.text({
    ja: `一時停止中（続けて ${endpoint.failures} 回届かず、${until} まで）`,
    en: `paused after ${endpoint.failures} failures in a row, until ${until}`,
  })
}

function commissionOf(out: Output, { commission }: SenderView): string {
  return commission?.by ?? out.text({ ja: 'なし', en: 'none' })
}

function accreditationOf(out: Output, { accreditation }: SenderView): string {
  if (accreditation === null || accreditation === undefined)
    return out.text({ ja: 'なし', en: 'none' })
  const { granted_by, from, to, review_on } = accreditation
  return out.text({
    ja: `${granted_by}（${from}〜${to ?? ''}、見直し ${review_on}）`,
    en: `${granted_by} (${from} to ${to ?? '—'}, review ${review_on})`,
  })
}

/** An address of others is told as text, and nobody opens it here. */
function criteriaOf({ criteria }: SenderView): string {
  return criteria === null || criteria === undefined
    ? '—'
    : `${criteria.version}  ${criteria.address}`
}
