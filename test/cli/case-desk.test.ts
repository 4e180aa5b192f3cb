import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { until } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { exampleFile, newCommandDesk, type CommandDesk } from '../support/served-desk.ts'

const CLAUSE = 'removal-standard/2025-04-01/3.2'

interface Standing {
  readonly id: string
  readonly state: string
  readonly version: number
  readonly claimed_by: string | null
}

/** A desk at work on which nothing is resolved and every measure is done by hand. */
async function open(): Promise<{
  readonly desk: CommandDesk
  readonly json: (...args: string[]) => Promise<Standing & Record<string, unknown>>
  readonly text: (...args: string[]) => Promise<string>
  readonly send: (file: string) => Promise<string>
}> {
  const desk = await newCommandDesk()
  const added = await desk.run('operators', 'add', 'tantou-b', '--role', 'reviewer', '--json')
  expect(added.code).toBe(0)
  writeFileSync(join(desk.folder, 'token-b'), (JSON.parse(added.out) as { token: string }).token)
  await desk.serve()
  const access = ['--url', desk.url, '--token-file', desk.tokenFile]
  const json = async (...args: string[]): Promise<Standing & Record<string, unknown>> => {
    const ran = await desk.run(...args, ...access, '--json')
    return JSON.parse(ran.out) as Standing & Record<string, unknown>
  }
  return {
    desk,
    json,
    text: async (...args) => (await desk.run(...args, ...access)).out,
    send: async (file) => {
      const known = (await json('cases', 'list'))['items'] as readonly Standing[]
      const options = ['--key', desk.senderKey, '--iss', 'https://hotline.example/']
      const sent = await desk.run('send', file, ...options, '--to', desk.url, '--json')
      expect(sent).toMatchObject({ code: 0 })
      return until(async () => {
        const now = (await json('cases', 'list'))['items'] as readonly Standing[]
        return now.find(({ id }) => known.every((one) => one.id !== id))?.id
      })
    },
  }
}

it('passes a case on, sets it aside, resumes it and lets it go', async () => {
  const { json, text, send } = await open()
  const id = await send(exampleFile('notices/yamibaito_recruitment.json'))
  await json('cases', 'claim', id)
  expect(await text('cases', 'hand-over', id, '--to', 'tantou-b', '--note', '確認中')).toContain(
    'tantou-b',
  )
  expect(await text('cases', 'show', id)).toContain('確認中')
  expect(await json('cases', 'release', id)).toMatchObject({ error: { code: 'claimed_by_other' } })
  const other = await send(exampleFile('notices/handgun_sale.json'))
  await json('cases', 'claim', other)
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  const hold = ['cases', 'hold', other, '--expected-version', '1', '--reason', '照会中']
  expect(await text(...hold, '--until', 'soon')).toBe('')
  expect(await text(...hold, '--until', day)).toContain('保留')
  expect(await text('cases', 'list')).not.toContain(other)
  expect(await text('cases', 'list', '--held')).toContain(other)
  expect(await text('cases', 'show', other)).toContain('照会中')
  expect(await text('cases', 'resume', other)).toContain(other)
  await json('cases', 'claim', other)
  expect(await json('cases', 'release', other)).toMatchObject({ claimed_by: null })
})

it('a measure done by hand is settled, taken back and undone by hand', async () => {
  const { json, text, send } = await open()
  const id = await send(exampleFile('notices/yamibaito_recruitment.json'))
  await json('cases', 'claim', id)
  const decide = ['decide', id, '--expected-version', '1', '--action', 'remove']
  expect(await json(...decide, '--clause', CLAUSE)).toMatchObject({ state: 'decided' })
  const pending = async (kind: string): Promise<string> =>
    until(async () => {
      const { actions } = (await json('cases', 'show', id)) as unknown as {
        actions: readonly { id: string; kind: string; state: string }[]
      }
      return actions.find((one) => one.kind === kind && one.state === 'pending')?.id
    })
  const remove = await pending('remove')
  expect(await text('cases', 'settle', remove)).toBe('')
  expect(await text('cases', 'settle', remove, '--executed')).toContain('実施済み')
  const reverse = ['cases', 'reverse', id, '--reason', 'new_facts']
  expect(await text('cases', 'show', id)).toContain(`cases reverse ${id} --expected-version 2`)
  expect(await text(...reverse, '--expected-version', '2')).toContain('元に戻しています')
  const restore = await pending('restore')
  expect(await json('cases', 'settle', restore, '--executed')).toMatchObject({ reverses: remove })
  expect((await json('cases', 'list', '--state', 'reversed'))['items']).toMatchObject([{ id }])
  expect(await text('cases', 'show', id, '--lang', 'en')).toContain('decision taken back')
})

it('two cases of one item become one', async () => {
  const { desk, json, text, send } = await open()
  const inApp = async (id: string): Promise<string> => {
    const file = join(desk.folder, `${id}.json`)
    const target = { locator: `app/post/${id}` }
    writeFileSync(file, JSON.stringify(noticeOf('yamibaito_recruitment', { id, target })))
    return send(file)
  }
  const [one, two] = [await inApp('notice-01'), await inApp('notice-02')]
  const versions = ['--expected-version', '1', '--other-version', '1']
  expect(await json('cases', 'merge', one, two, ...versions)).toMatchObject({ id: one, version: 2 })
  expect(await text('cases', 'show', one)).toContain(`統合した案件: ${two}`)
  expect(await text('cases', 'show', two)).toContain(`統合先の案件: ${one}`)
})
