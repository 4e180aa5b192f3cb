import { firstIdAt, isId } from '../core/ids.ts'
import { DELIVERY_STATES, type DeliveryRecord, type DeliveryState } from '../core/outcome.ts'
import { parseTime } from '../core/time.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { openCursor, sealCursor } from './cursor.ts'
import { latestDelivery } from './latest-delivery.ts'
import { outcomesLock } from './locks.ts'
import { readInput } from './read-input.ts'
import { canBeResent, resend } from './resend-delivery.ts'

/** Of one call, in deliveries sent again and in rows looked at. */
const MAX_RESENT = 1_000
const MAX_LOOKED_AT = 5_000
const PAGE = 500
/** Of one command, so that others come in between. */
const CHUNK = 50

/** What was, or with `dry_run` would be, sent again. */
export interface Resent {
  readonly dryRun: boolean
  readonly count: number
  /** The new deliveries; on a dry run, those that would be sent again. */
  readonly ids: readonly DeliveryRecord['id'][]
  /** There may be more; ask again with `cursor`. */
  readonly more: boolean
  readonly nextCursor: string | null
}

interface Selection {
  readonly where: { readonly state: DeliveryState; senderId?: string; lastResult?: string }
  /** Exclusive; a text that sorts like an id. */
  readonly after: string
  readonly isBefore: (row: DeliveryRecord) => boolean
  readonly dryRun: boolean
}

/**
 * 一括再送: the same as `resendDelivery` for a range and a filter, at most 1,000 in a call. Takes the
 * newest delivery of each outcome, oldest first, and leaves out what can't be sent again; so a call that
 * is repeated sends nothing twice.
 *
 * @param input `from`, `to` (both inclusive; times, or ids of deliveries), `sender`, `state` (default
 *   `given_up`), `result`, `dry_run`, `cursor`; unchecked.
 * @throws MadoguchiError `not_allowed`, `invalid_input`.
 */
export async function resendDeliveries(
  ctx: AppContext,
  actor: Actor,
  input: unknown,
): Promise<Resent> {
  requirePermission(actor, 'deliveries.resend')
  const selection = readSelection(input)
  const { chosen, next } = await choose(ctx, selection)
  const { dryRun } = selection
  const ids = dryRun ? chosen.map(({ id }) => id) : await resendAll(ctx, actor, chosen)
  const more = next !== null
  return { dryRun, count: ids.length, ids, more, nextCursor: more ? sealCursor(next) : null }
}

function readSelection(input: unknown): Selection {
  const reader = readInput(input)
  const from = reader.optionalText('from', { max: 64 })
  const to = reader.optionalText('to', { max: 64 })
  const state = reader.optionalOneOf('state', DELIVERY_STATES) ?? 'given_up'
  const senderId = reader.optionalText('sender', { max: 500 })
  const lastResult = reader.optionalText('result', { max: 100 })
  const dryRun = reader.optionalBoolean('dry_run') ?? false
  const cursor = reader.optionalText('cursor', { max: 300 })
  reader.done()
  return {
    where: {
      state,
      ...(senderId === null ? {} : { senderId }),
      ...(lastResult === null ? {} : { lastResult }),
    },
    after: cursor === null ? lowerBound(from) : openCursor(cursor),
    isBefore: upperBound(to),
    dryRun,
  }
}

function lowerBound(from: string | null): string {
  if (from === null) return ''
  // Without its last digit an id sorts right before itself.
  if (isId('dlv', from)) return from.slice(0, -1)
  return firstIdAt('dlv', timeOf(from, '/from'))
}

function upperBound(to: string | null): Selection['isBefore'] {
  if (to === null) return () => true
  if (isId('dlv', to)) return ({ id }) => id <= to
  const at = timeOf(to, '/to')
  return ({ createdAt }) => createdAt <= at
}

function timeOf(text: string, pointer: string): number {
  const at = parseTime(text)
  if (at !== undefined) return at
  throw new MadoguchiError('invalid_input', { errors: [{ pointer, keyword: 'format' }] })
}

/** What is selected, and after which row to go on; `null`: there is no more. */
async function choose(
  { read }: AppContext,
  { where, after, isBefore }: Selection,
): Promise<{ chosen: DeliveryRecord[]; next: string | null }> {
  const chosen: DeliveryRecord[] = []
  let last = after
  for (let looked = 0; looked < MAX_LOOKED_AT;) {
    const rows = await read.find('delivery', where, { orderBy: 'id', after: last, limit: PAGE })
    for (const row of rows) {
      if (!isBefore(row)) return { chosen, next: null }
      if (chosen.length === MAX_RESENT) return { chosen, next: last }
      const isLatest = (await latestDelivery(read, row.outcomeId)).id === row.id
      if (isLatest && (await canBeResent(read, row))) chosen.push(row)
      last = row.id
      looked += 1
    }
    if (rows.length < PAGE) return { chosen, next: null }
  }
  return { chosen, next: last }
}

async function resendAll(
  ctx: AppContext,
  actor: Actor,
  chosen: readonly DeliveryRecord[],
): Promise<DeliveryRecord['id'][]> {
  const ids: DeliveryRecord['id'][] = []
  for (let at = 0; at < chosen.length; at += CHUNK) {
    const part = chosen.slice(at, at + CHUNK)
    const { result } = await ctx.committer.submit({
      name: 'delivery.resend',
      bytes: 512 * part.length,
      locks: part.map(({ noticeId }) => outcomesLock(noticeId)),
      run: async (tx) => {
        const sent: Awaited<ReturnType<typeof resend>>[] = []
        for (const row of part)
          if (await canBeResent(tx, row)) sent.push(await resend(ctx, tx, actor, row))
        const deliveries = sent.map(({ delivery }) => delivery)
        const events = sent.map(({ event }) => event)
        return { result: deliveries, events, rings: ['deliver'] }
      },
    })
    ids.push(...result.map(({ id }) => id))
    ctx.polls.tell(new Set(result.map(({ senderId }) => senderId)))
  }
  return ids
}
