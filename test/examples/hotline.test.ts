import { expect, it } from 'vitest'
import { until } from '../support/desk.ts'
import { startNode } from '../support/command-line.ts'
import { exampleFile, newCommandDesk } from '../support/served-desk.ts'

it.each([
  ['asking', []],
  ['polling', ['--poll']],
])('plays the hotline against serve with jose and fetch alone, %s', async (way, extra) => {
  const desk = await newCommandDesk()
  await desk.serve()
  const hotline = startNode(
    [
      ...[exampleFile('hotline.mjs'), '--desk', desk.url, '--iss', 'https://hotline.example/'],
      ...['--key', desk.senderKey, '--notice', exampleFile('notices/handgun_sale.json')],
      ...['--wait', '15', ...extra],
    ],
    { cwd: desk.folder },
  )
  await hotline.until(/"receipt":"verified"/)
  if (way === 'asking') await hotline.until(/"status":"under_review"/)
  const through = ['--url', desk.url, '--token-file', desk.tokenFile, '--json']
  const found = await until(async () => {
    const list = await desk.run('cases', 'list', ...through)
    type Found = { items: { id: string; facts: { version: number } }[] }
    return (JSON.parse(list.out) as Found).items[0]
  })
  const { id } = found
  expect(await desk.run('cases', 'claim', id, ...through)).toMatchObject({ code: 0 })
  const version = String(found.facts.version)
  const decided = await desk.run(
    ...['decide', id, '--expected-version', version, '--no-measure', '--weight', 'considered'],
    ...through,
  )
  expect(decided).toMatchObject({ code: 0, err: '' })
  const ran = await hotline.ended
  expect(ran).toMatchObject({ code: 0, err: '' })
  const last = JSON.parse(ran.out.trim().split('\n').at(-1) ?? '') as unknown
  expect(last).toMatchObject({ outcome: 'no_measure', verified: true })
  const outbox = await desk.run('outbox', 'list', ...through)
  const state = way === 'polling' ? 'acknowledged' : 'waiting'
  expect(JSON.parse(outbox.out)).toMatchObject({ items: [{ channel: 'poll', state }] })
})
