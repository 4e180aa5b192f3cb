import type { NoticeRecord } from '../../src/core/notice.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DeskOptions } from '../support/desk.ts'
import { lendKey } from '../laws/support.ts'
import { openTimedDesk, readyCase, type TimedDesk } from './support.ts'

export const NOTICE = 'yamibaito_recruitment'
export const OTHER = 'https://hotline2.example/'
/** Another tier than the hotline's. */
export const THIRD = 'https://saigai-kakunin.example/'

/** A desk at work on which every notice is about one item, and every fictional sender can sign. */
export async function openOneItem(options: DeskOptions = {}): Promise<TimedDesk> {
  const desk = await openTimedDesk({
    ...options,
    platform: { resolve: () => Promise.resolve({ ref: 'one-item' }), ...options.platform },
  })
  await lendKey(desk)
  await desk.madoguchi.start({ work: true })
  return desk
}

export async function noticeAt({ ctx }: TimedDesk, id: NoticeRecord['id']): Promise<NoticeRecord> {
  const notice = await ctx.read.get('notice', { id })
  if (notice === undefined) throw new Error('no such notice')
  return notice
}

export async function caseAt({ ctx }: TimedDesk, id: CaseRecord['id']): Promise<CaseRecord> {
  const record = await ctx.read.get('case', { id })
  if (record === undefined) throw new Error('no such case')
  return record
}

/** Sends the fixture under an id, and waits for its case. */
export async function sendOne(
  desk: TimedDesk,
  id: string,
  { iss, ...changes }: Record<string, unknown> = {},
): Promise<{ readonly notice: NoticeRecord; readonly record: CaseRecord }> {
  const { id: noticeId } = await desk.hotline.sendFixture(
    NOTICE,
    { id, ...changes },
    iss === undefined ? {} : { iss },
  )
  const record = await readyCase(desk.ctx, noticeId)
  return { notice: await noticeAt(desk, noticeId), record }
}
