import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { until } from '../support/desk.ts'
import { exampleFile, newCommandDesk } from '../support/served-desk.ts'

const CLAUSE = 'removal-standard/2025-04-01/3.2'

it('tells posters by hand, puts off telling, and judges objections of poster and sender', async () => {
  const desk = await newCommandDesk()
  const added = await desk.run('operators', 'add', 'tantou-b', '--role', 'reviewer', '--json')
  const other = join(desk.folder, 'token-b')
  writeFileSync(other, (JSON.parse(added.out) as { token: string }).token)
  await desk.serve()
  const access = (file = desk.tokenFile) => ['--url', desk.url, '--token-file', file]
  const text = async (...args: string[]) => (await desk.run(...args, ...access())).out
  const json = async <R>(...args: string[]) =>
    JSON.parse((await desk.run(...args, ...access(), '--json')).out) as R
  const byOther = (...args: string[]) => desk.run(...args, ...access(other))

  const signed = ['--key', desk.senderKey, '--iss', 'https://hotline.example/', '--to', desk.url]
  const sent = await desk.run('send', exampleFile('notices/yamibaito_recruitment.json'), ...signed)
  expect(sent.code).toBe(0)
  const id = await until(async () => {
    const { items } = await json<{ items: { id: string }[] }>('cases', 'list')
    return items[0]?.id
  })

  const decide = ['decide', id, '--expected-version', '1', '--action', 'remove', '--clause', CLAUSE]
  expect(await text(...decide, '--preview-poster')).toContain('あなたの投稿に対する措置のお知らせ')
  expect(await text(...decide, '--preview-poster', '--lang', 'en')).toContain('If you object')
  expect(
    await text('decide', id, '--expected-version', '1', '--no-measure', '--preview-poster'),
  ).toContain('発信者には通知しません')
  await text('cases', 'claim', id)
  await text(...decide)
  const pending = await until(async () => {
    const { actions } = await json<{ actions: { id: string; state: string }[] }>(
      'cases',
      'show',
      id,
    )
    return actions.find(({ state }) => state === 'pending')?.id
  })
  await text('cases', 'settle', pending, '--executed')
  const notice = await until(async () => {
    const listed = await json<{ items: { id: string }[] }>(
      'posters',
      'list',
      '--state',
      'by_platform',
    )
    return listed.items[0]?.id
  })
  expect(await text('posters', 'list')).toContain('当社が自ら伝える')
  expect(await text('cases', 'show', id)).toContain('・削除')
  expect(await text('posters', 'told', notice)).toContain('通知済み')
  expect((await byOther('posters', 'told', notice)).code).toBe(1)

  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  const postpone = ['cases', 'postpone', id, '--reason', 'secrecy_asked', '--until', day]
  await text(...postpone)
  expect(await text('cases', 'show', id)).toContain('二人目の確認が必要です')
  expect((await byOther(...postpone)).code).toBe(0)
  expect(await text('cases', 'show', id)).toContain('発信者への通知を延期中')
  expect(await text('cases', 'end-postponement', id)).toContain('発信者に伝えます')

  const opened = await json<{ id: string }>('appeals', 'open', notice, '--text', '引用です。')
  expect(await text('appeals', 'list')).toContain('検討待ち')
  const noticeId = (await json<{ notices: { id: string }[] }>('cases', 'show', id)).notices[0]!.id
  await until(async () => {
    const { outcomes } = await json<{ outcomes: unknown[] }>('cases', 'show', id)
    return outcomes.length > 0 ? true : undefined
  })
  const objected = await desk.run('send', 'appeal', noticeId, '--text', '再考を。', ...signed)
  expect(objected.code).toBe(0)
  expect(await text('cases', 'show', id)).toContain('再考を。')
  const { version } = (await json<{ case: { version: number } }>('cases', 'show', id)).case
  const verdict = ['appeals', 'decide', opened.id, '--expected-version', String(version)]
  const own = await desk.run(...verdict, '--verdict', 'change', ...access())
  expect([own.code, own.err]).toEqual([1, expect.stringContaining('another_person_needed')])
  const words = ['--note-ja', '見直しました。', '--note-en', 'Changed.']
  expect((await byOther(...verdict, '--verdict', 'change', ...words)).out).toContain('判断を変更')
  expect(await text('appeals', 'show', opened.id)).toContain('見直しました。')
  expect(await text('appeals', 'list', '--state', 'overtaken')).toContain('通知元')
  expect(await text('cases', 'assess-poster', id, '--poster', 'seeking')).toContain('見立てを記録')
  expect(await text('cases', 'show', id)).toContain('助けを求めている')
})
