import { expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { startNode } from '../support/command-line.ts'
import { exampleFile, newCommandDesk } from '../support/served-desk.ts'

it('embeds the front desk in a platform, and hides a post by its executor', async () => {
  const desk = await newCommandDesk()
  const { port } = new URL(desk.url)
  const platform = startNode([exampleFile('platform.ts')], {
    cwd: desk.folder,
    env: { ...desk.env, PORT: port },
  })
  await platform.until(/the platform is up/)
  const hotline = startNode(
    [
      ...[exampleFile('hotline.mjs'), '--desk', desk.url, '--iss', 'https://hotline.example/'],
      ...['--key', desk.senderKey, '--notice', exampleFile('notices/yamibaito_recruitment.json')],
      ...['--wait', '15'],
    ],
    { cwd: desk.folder },
  )
  await hotline.until(/"status":"under_review"/)
  const staff = `${new URL(desk.url).origin}/staff/madoguchi`
  const through = ['--url', staff, '--token-file', desk.tokenFile, '--json']
  const list = await desk.run('cases', 'list', ...through)
  const { items } = JSON.parse(list.out) as { items: { id: string; facts: { version: number } }[] }
  const [found] = items
  const id = found?.id ?? ''
  await desk.run('cases', 'claim', id, ...through)
  const decided = await desk.run(
    ...['decide', id, '--expected-version', String(found?.facts.version), '--action', 'remove'],
    ...['--clause', 'removal-standard/2025-04-01/3.2', '--weight', 'considered', ...through],
  )
  expect(decided).toMatchObject({ code: 0, err: '' })
  expect(await hotline.ended).toMatchObject({ code: 0 })
  expect(hotline.text()).toContain('"outcome":"deleted"')
  platform.child.kill('SIGTERM')
  expect(await platform.ended).toMatchObject({ code: 0 })
})

it('stays an example that is read at one sitting: at most 60 lines of code', () => {
  const lines = readFileSync(exampleFile('platform.ts'), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/.*|\/\*\*.*\*\/)?$/.test(line))
  expect(lines.length).toBeGreaterThan(40)
  expect(lines.length).toBeLessThanOrEqual(60)
})
