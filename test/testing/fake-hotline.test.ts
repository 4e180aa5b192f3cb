import { expect, it } from 'vitest'
import { FakeHotline, noticeOf } from '../../src/testing.ts'

const push = (hotline: FakeHotline): Promise<number> =>
  fetch(hotline.url, { method: 'POST', body: '{}', signal: AbortSignal.timeout(300) }).then(
    ({ status }) => status,
    () => 0,
  )

it('can be broken, gone or silent, and believes nobody before it has visited a desk', async () => {
  await using hotline = await FakeHotline.open()
  const answers: number[] = []
  for (const mood of ['well', 500, 410, 'silence'] as const) {
    hotline.mood = mood
    answers.push(await push(hotline))
  }
  expect(answers).toEqual([400, 500, 410, 0])
  expect([hotline.pushes, hotline.outcomes]).toEqual([4, []])
  await expect(hotline.send(noticeOf('handgun_sale'))).rejects.toThrow('visit')
})
