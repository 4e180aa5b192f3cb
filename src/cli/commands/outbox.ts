import { readDeliveries } from '../../app/read-deliveries.ts'
import { resendDeliveries } from '../../app/resend-deliveries.ts'
import { resendDelivery } from '../../app/resend-delivery.ts'
import { DELIVERY_STATES } from '../../core/outcome.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Output } from '../output.ts'
import { UsageError } from '../usage-error.ts'
import { timeForPeople, word } from '../words.ts'
import { LIMIT } from '../usual-options.ts'

interface DeliveryOnWire {
  readonly id: string
  readonly notice_id: string
  readonly channel: string
  readonly state: string
  readonly attempts: number
  readonly last_result: string | null
  readonly next_at: string | null
  readonly paused_until: string | null
}

const ADMIN = { devOperator: 'admin', isForSystem: true } as const

/** 送付: what was, or wasn't, handed to senders. */
export const OUTBOX: readonly Command[] = [
  {
    name: 'outbox list',
    options: {
      state: {
        value: 'STATE',
        text: { ja: DELIVERY_STATES.join(', '), en: DELIVERY_STATES.join(', ') },
      },
      ...LIMIT,
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '対応結果の送付の一覧（新しい順）',
      en: 'List deliveries of outcomes, newest first',
    },
    run: list,
  },
  {
    name: 'outbox resend',
    operands: ['[DELIVERY]'],
    options: {
      from: {
        value: 'TIME|ID',
        text: { ja: 'この日時又は送付の id から', en: 'From this time or delivery on' },
      },
      to: {
        value: 'TIME|ID',
        text: { ja: 'この日時又は送付の id まで', en: 'Up to this time or delivery' },
      },
      sender: { value: 'ID', text: { ja: 'この通知元だけ', en: 'Only of this sender' } },
      state: {
        value: 'STATE',
        text: { ja: 'この状態だけ（既定 given_up）', en: 'Only in this state (default given_up)' },
      },
      result: {
        value: 'CODE',
        text: { ja: '最後の結果がこれだけ（例 http_503）', en: 'Only with this last result' },
      },
      'dry-run': {
        text: { ja: '再送せず、件数だけを示す', en: 'Only count, send nothing' },
      },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '対応結果を再送する（内容は同じ。1件、又は範囲と条件で1,000件まで）',
      en: 'Send outcomes once more, the same bytes: one, or up to 1,000 by range and filter',
    },
    run: resend,
  },
]

async function list(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const state = flags.optionalOneOf('state', DELIVERY_STATES)
  const limit = flags.integer('limit', 1, 200, 50)
  const query = new URLSearchParams({
    limit: String(limit),
    ...(state === undefined ? {} : { state }),
  })
  const page = (await onDesk(call, {
    ...ADMIN,
    method: 'GET',
    path: `/v1/deliveries?${query.toString()}`,
    run: (ctx, actor) =>
      readDeliveries(ctx, actor, { limit, ...(state === undefined ? {} : { state }) }),
  })) as { readonly items: readonly DeliveryOnWire[] }
  out.result(page, () => {
    if (page.items.length === 0) {
      out.say({ ja: '送付はありません。', en: 'There is no delivery.' })
      return
    }
    out.table<DeliveryOnWire>(
      [
        { title: { ja: '送付', en: 'delivery' }, text: ({ id }) => id },
        {
          title: { ja: '方法', en: 'by' },
          text: ({ channel, notice_id }) => (channel === 'hand' ? notice_id : channel),
        },
        { title: { ja: '状態', en: 'state' }, text: (row) => word(out, row.state) },
        { title: { ja: '回数', en: 'attempts' }, text: ({ attempts }) => String(attempts) },
        { title: { ja: '最後の結果', en: 'last result' }, text: (row) => row.last_result ?? '—' },
        {
          title: { ja: '次回（※は送付先の一時停止中）', en: 'next (※: endpoint paused)' },
          text: (row) => nextOf(out, row),
        },
      ],
      page.items,
    )
  })
  return 0
}

async function resend(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.optionalOperand(0)
  if (id === undefined) return resendRange(call)
  const delivery = (await onDesk(call, {
    ...ADMIN,
    method: 'POST',
    path: `/v1/deliveries/${encodeURIComponent(id)}/resend`,
    run: (ctx, actor) => resendDelivery(ctx, actor, id),
  })) as DeliveryOnWire
  out.result(delivery, () => {
    out.say({ ja: `再送します: ${delivery.id}`, en: `Sending again: ${delivery.id}` })
  })
  return 0
}

async function resendRange(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const given = Object.fromEntries(
    ['from', 'to', 'sender', 'state', 'result'].flatMap((name) => {
      const value = flags.text(name)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  if (Object.keys(given).length === 0)
    throw new UsageError(
      '送付の id、又は --from、--to、--sender、--state、--result のいずれかを指定してください。',
      'Name a delivery, or give --from, --to, --sender, --state or --result.',
    )
  const body = { ...given, dry_run: flags.is('dry-run') }
  const answer = (await onDesk(call, {
    ...ADMIN,
    method: 'POST',
    path: '/v1/deliveries/resend',
    body,
    run: (ctx, actor) => resendDeliveries(ctx, actor, body),
  })) as { readonly count: number; readonly more: boolean; readonly dry_run: boolean }
  out.result(answer, () => {
    const { count, more, dry_run: isDry } = answer
    out.say(
      isDry
        ? { ja: `再送の対象: ${count} 件`, en: `Would be sent again: ${count}` }
        : { ja: `再送します: ${count} 件`, en: `Sending again: ${count}` },
    )
    if (more)
      out.say({
        ja: 'ほかにもあります。もう一度実行してください。',
        en: 'There are more: run it again.',
      })
  })
  return 0
}

function nextOf(out: Output, { next_at, paused_until }: DeliveryOnWire): string {
  return `${timeForPeople(out, next_at)}${paused_until === null ? '' : ' ※'}`
}
