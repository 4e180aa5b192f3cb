import { expect, it } from 'vitest'
import { startNode } from '../support/command-line.ts'
import { exampleFile, newCommandDesk } from '../support/served-desk.ts'

it('plays the hotline against serve with jose and fetch alone', async () => {
  const desk = await newCommandDesk()
  await desk.serve()
  const hotline = startNode(
    [
      ...[exampleFile('hotline.mjs'), '--desk', desk.url, '--iss', 'https://hotline.example/'],
      ...['--key', desk.senderKey, '--notice', exampleFile('notices/handgun_sale.json')],
      ...['--wait', '15'],
    ],
    { cwd: desk.folder },
  )
  await hotline.until(/"receipt":"verified"/)
  await hotline.until(/"status":"under_review"/)
  const through = ['--url', desk.url, '--token-file', desk.tokenFile, '--json']
  const list = await desk.run('cases', 'list', ...through)
  const { items } = JSON.parse(list.out) as { items: { id: string; facts: { version: number } }[] }
  const [found] = items
  const id = found?.id ?? ''
  expect(await desk.run('cases', 'claim', id, ...through)).toMatchObject({ code: 0 })
  const version = String(found?.facts.version)
  const decided = await desk.run(
    ...['decide', id, '--expected-version', version, '--no-measure', '--weight', 'considered'],
    ...through,
  )
  expect(decided).toMatchObject({ code: 0, err: '' })
  const ran = await hotline.ended
  expect(ran).toMatchObject({ code: 0, err: '' })
  const last = JSON.parse(ran.out.trim().split('\n').at(-1) ?? '') as unknown
  expect(last).toMatchObject({ outcome: 'no_measure', verified: true })
})
