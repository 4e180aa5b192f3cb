import { expect, it } from 'vitest'
import { noticeOf } from '../support/fixtures.ts'
import { HOTLINE, openDesk, until } from '../support/desk.ts'

it('takes a notice all the way to a signed outcome', async () => {
  const removed: string[] = []
  const desk = await openDesk({
    platform: {
      executors: {
        remove: ({ idempotencyKey }) => {
          removed.push(idempotencyKey)
          return Promise.resolve({ kind: 'executed', at: Date.now() })
        },
      },
    },
  })
  const { madoguchi } = desk
  const { read } = madoguchi.internals.ctx
  await madoguchi.start({ work: true })
  const accepted = await desk.hotline.send(noticeOf('yamibaito_recruitment'))
  const { by } = await desk.operator('reviewer')
  const record = await until(async () => (await read.find('case', { state: 'ready' }))[0])
  const claimed = await madoguchi.cases.claim(record.id, by)
  expect(claimed).toMatchObject({ ok: true })
  const decided = await madoguchi.cases.decide(record.id, {
    commandId: 'decide-1',
    expectedVersion: record.version,
    by,
    actions: [{ kind: 'remove' }],
    ground: {
      kind: 'published_standard_clause',
      standard: 'removal-standard',
      version: '2026-04-01',
      clause: '3.2',
    },
    weightGiven: 'relied_after_own_check',
  })
  expect(decided).toMatchObject({ ok: true, case: { state: 'decided' } })
  const outcome = await until(
    async () => (await read.find('outcome', { noticeId: accepted.id }))[0],
  )
  expect(outcome).toMatchObject({ status: 'deleted', senderId: HOTLINE, revision: 1 })
  expect(removed).toHaveLength(1)
})
