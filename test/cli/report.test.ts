import { expect, it } from 'vitest'
import { newCommandDesk } from '../support/served-desk.ts'

it('prints the figures of a period for people, machines and publishers', async () => {
  const desk = await newCommandDesk()
  await desk.run('operators', 'add', 'toukatsu', '--role', 'lead')
  const report = (...args: string[]): ReturnType<typeof desk.run> =>
    desk.run('report', '--as', 'toukatsu', '--from', '2026-04-01', '--to', '2026-04-30', ...args)
  const text = await report()
  expect(text).toMatchObject({ code: 0, err: '' })
  expect(text.out).toContain('2026-04-01 から 2026-04-30 までに到達した通知')
  const json = await report('--json', '--size', '1')
  expect(JSON.parse(json.out)).toMatchObject({
    from: '2026-04-01',
    size: 1,
    lanes: [],
    requests: [],
  })
  const csv = await report('--csv')
  expect(csv.out).toMatch(/^from,to,log_size,.*\r\n$/)
  expect((await report('--from', 'April')).code).toBe(2)
  expect((await desk.run('report', '--as', 'tantou-a')).code).toBe(1)
})
