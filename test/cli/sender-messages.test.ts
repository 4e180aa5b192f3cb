import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { until } from '../support/desk.ts'
import { exampleFile, newCommandDesk } from '../support/served-desk.ts'

const HOTLINE = 'https://hotline.example/'

it('asks a sender, answers, revises and withdraws by commands, each receipt checked', async () => {
  const desk = await newCommandDesk()
  await desk.serve()
  const json = async (...args: string[]): Promise<Record<string, unknown>> => {
    const ran = await desk.run(...args, '--json')
    expect(ran, args.join(' ')).toMatchObject({ code: 0, err: '' })
    return JSON.parse(ran.out) as Record<string, unknown>
  }
  const sender = ['--key', desk.senderKey, '--iss', HOTLINE, '--to', desk.url]
  const staff = ['--url', desk.url, '--token-file', desk.tokenFile]
  expect(await json('registration', ...sender)).toMatchObject({
    id: HOTLINE,
    tier: 'priority',
    quality: { closed: 0, counts: null },
  })
  const file = exampleFile('notices/handgun_sale.json')
  const notice = JSON.parse(readFileSync(file, 'utf8')) as { id: string }
  const sent = await json('send', file, ...sender)
  const listed = await until(async () => {
    const { items } = (await json('cases', 'list', ...staff)) as { items: { id: string }[] }
    return items[0]
  })
  const asked = await json(
    'cases',
    'ask',
    listed.id,
    '--notice',
    String(sent['id']),
    '--ja',
    '投稿の日時は？',
    ...staff,
  )
  expect(asked).toMatchObject({ id: listed.id, version: 1 })
  expect(await json('cases', 'list', ...staff)).toMatchObject({ items: [] })
  expect(await json('cases', 'list', '--waiting', ...staff)).toMatchObject({
    items: [{ id: listed.id }],
  })
  const answered = await json('send', 'supplement', notice.id, '--text', '9月1日です。', ...sender)
  expect(answered).toMatchObject({ status: 202, replayed: false })
  expect(Object.values(answered['checks'] as object)).not.toContain(false)
  const shown = await desk.run('cases', 'show', listed.id, ...staff)
  expect(shown.out).toContain('投稿の日時は？')
  expect(shown.out).toContain('9月1日です。')
  const revised = join(desk.folder, 'revised.json')
  writeFileSync(revised, JSON.stringify({ ...notice, id: 'revised-notice-1' }))
  expect(await json('send', revised, '--supersedes', notice.id, ...sender)).toMatchObject({
    status: 202,
  })
  const withdrawal = [
    'send',
    'withdrawal',
    'revised-notice-1',
    '--id',
    'withdrawal-0001',
    ...sender,
  ]
  expect(await json(...withdrawal, '--reason', '誤り')).toMatchObject({
    status: 202,
    replayed: false,
  })
  expect(await json(...withdrawal, '--reason', '誤り')).toMatchObject({ replayed: true })
  expect(await json('cases', 'list', '--state', 'withdrawn', ...staff)).toMatchObject({
    items: [{ id: listed.id, state: 'withdrawn' }],
  })
  const late = await desk.run('send', 'supplement', 'revised-notice-1', '--text', '…', ...sender)
  expect(late).toMatchObject({ code: 1 })
  expect(late.out).toContain('notice_withdrawn')
  const wordless = await desk.run(
    'cases',
    'ask',
    listed.id,
    '--notice',
    String(sent['id']),
    ...staff,
  )
  expect(wordless.code).toBe(2)
}, 90_000)
