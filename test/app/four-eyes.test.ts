import { expect, it } from 'vitest'
import { readCase } from '../../src/app/read-case.ts'
import { decide, GROUND, openTimedDesk, readyCase } from './support.ts'

it("the platform's own table: two people for what it names, and the second one reads no first opinion", async () => {
  const desk = await openTimedDesk({
    procedures: {
      four_eyes: [
        {
          eyes: 'before_execution',
          actions: ['terminate_account'],
          sender_types: ['hotline_state_commissioned'],
        },
      ],
    },
  })
  await desk.madoguchi.start({ work: true })
  const { id } = await desk.hotline.sendFixture('yamibaito_recruitment')
  const record = await readyCase(desk.ctx, id)
  const sender = await desk.ctx.read.get('sender', { id: 'https://hotline.example/' })
  expect(sender?.type).toBe('hotline_state_commissioned')
  const { by: first } = await desk.operator('reviewer')
  const { by: second } = await desk.operator('reviewer')
  const terminate = { actions: [{ kind: 'terminate_account' as const }], ground: GROUND }
  expect(await decide(desk, record.id, first, terminate)).toMatchObject({
    case: { state: 'awaiting_second', decisionId: null },
  })
  expect((await readCase(desk.ctx, second, record.id)).opinions).toMatchObject([
    { by: first, input: null },
  ])
  expect(await decide(desk, record.id, second, terminate)).toMatchObject({
    case: { state: 'decided' },
  })
  const [decision] = await desk.ctx.read.find('decision', {})
  expect(decision).toMatchObject({ mode: 'human_two_person', by: [first, second] })
})
