import { readDeliveries } from '../../app/read-deliveries.ts'
import { resendDelivery } from '../../app/resend-delivery.ts'
import { DELIVERY_STATES } from '../../core/outcome.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import { timeForPeople, word } from '../words.ts'

interface DeliveryOnWire {
  readonly id: string
  readonly notice_id: string
  readonly channel: string
  readonly state: string
  readonly attempts: number
  readonly last_result: string | null
  readonly next_at: string | null
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
      limit: { value: 'N', text: { ja: '件数（1〜200、既定 50）', en: '1 to 200, default 50' } },
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
    operands: ['DELIVERY'],
    options: ACCESS_OPTIONS,
    summary: {
      ja: '対応結果を再送する（内容は同じ）',
      en: 'Send an outcome once more (the same bytes)',
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
        { title: { ja: '次回', en: 'next' }, text: (row) => timeForPeople(out, row.next_at) },
      ],
      page.items,
    )
  })
  return 0
}

async function resend(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'DELIVERY')
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
