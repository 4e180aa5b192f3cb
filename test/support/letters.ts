import type { Response } from 'supertest'
import { expect } from 'vitest'
import type { NoticeRecord } from '../../src/core/notice.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import type { NoticeDocument } from '../../src/generated/types.ts'
import { HOTLINE, until, type Desk } from './desk.ts'
import { noticeOf } from './fixtures.ts'
import type { People } from './people.ts'

export const LETTERS = '/v1/letters'

/** A fixture as an operator types it from paper. */
export function letterOf(
  key: string,
  changes: Readonly<Record<string, unknown>> = {},
  typed: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { id, ext, ...notice } = noticeOf(key) as NoticeDocument & Record<string, unknown>
  expect([typeof id, typeof ext]).toEqual(['string', 'object'])
  const members = Object.entries({ ...notice, ...changes }).filter(([, each]) => each !== undefined)
  return {
    command_id: 'letter-0001',
    sender_id: HOTLINE,
    source: 'paper',
    arrived_on: '令和8年11月1日',
    notice: Object.fromEntries(members),
    ...typed,
  }
}

/** Types a letter in over HTTP. */
export const enter = async (
  people: People,
  letter: object,
  role: Role = 'reviewer',
): Promise<Response> => people.call(role, 'post', LETTERS, LETTERS, letter)

/** Our identifier of a letter that was entered. */
export const idOf = (entered: Response): NoticeRecord['id'] =>
  (entered.body as { id: NoticeRecord['id'] }).id

/** The notice of a letter, once it has its case. */
export async function storedOf(desk: Desk, id: NoticeRecord['id']): Promise<NoticeRecord> {
  const { read } = desk.madoguchi.internals.ctx
  return until(async () => {
    const notice = await read.get('notice', { id })
    return notice?.caseId == null ? undefined : notice
  })
}

/** Decides the case of a letter, and waits for its outcome. */
export async function decideLetter(
  people: People,
  id: NoticeRecord['id'],
  command: object,
): Promise<void> {
  const { desk } = people
  const { ctx } = desk.madoguchi.internals
  const { caseId } = await storedOf(desk, id)
  const record = (await ctx.read.get('case', { id: caseId! }))!
  const { by } = await desk.operator(record.noView ? 'child_safety' : 'reviewer')
  await desk.madoguchi.cases.claim(record.id, by)
  const answer = await desk.madoguchi.cases.decide(record.id, {
    commandId: `decide-${record.id.slice(-8)}`,
    expectedVersion: record.version,
    by,
    actions: [],
    ...command,
  })
  expect(answer.ok).toBe(true)
}

/** The answer, once there is one. */
export const answerOf = (people: People, id: string): Promise<Response> =>
  until(async () => {
    const path = `${LETTERS}/${id}/answer`
    const response = await people.call('reviewer', 'get', path, `${LETTERS}/{id}/answer`)
    return response.status === 409 ? undefined : response
  })
