import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DAY, formatTime } from '../../src/core/time.ts'
import { until } from '../support/desk.ts'
import { fixture, fixtureSenders, generalRequestFixture } from '../support/fixtures.ts'
import { newCommandDesk } from '../support/served-desk.ts'

const AGENCY = 'https://agency.example/'

it('the desk and the legal desk work on requests of bodies of the state from the command line', async () => {
  const desk = await newCommandDesk()
  const file = (name: string, content: unknown): string => {
    const path = join(desk.folder, name)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
  const must = async (...args: string[]): Promise<string> => {
    const ran = await desk.run(...args)
    expect([args.join(' '), ran.err, ran.code]).toEqual([args.join(' '), '', 0])
    return ran.out
  }
  await must(
    'senders',
    'add',
    file(
      'agency.json',
      fixtureSenders.find(({ id }) => id === AGENCY),
    ),
  )
  await must('keys', 'add', AGENCY, 'hotline/sender-key.jwk.json')
  const people = new Map<string, string[]>()
  for (const [name, role] of [
    ['toukatsu', 'lead'],
    ['houmu-1', 'legal'],
    ['houmu-2', 'legal'],
  ] as const) {
    const added = await must('operators', 'add', name, '--role', role, '--json')
    const token = file(`token-${name}`, (JSON.parse(added) as { token: string }).token)
    people.set(name, ['--url', desk.url, '--token-file', token])
  }
  const as = (name: string): string[] => people.get(name) ?? []
  await desk.serve()

  const by = ['--key', desk.senderKey, '--iss', AGENCY, '--to', desk.url, '--json']
  await must('send', file('request.json', fixture('agency_request_declined').notice), ...by)
  await must('send', file('general.json', generalRequestFixture.notice), ...by)
  const [line] = await until(async () => {
    const listed = await must('cases', 'list', ...as('toukatsu'), '--json')
    const { items } = JSON.parse(listed) as { items: { id: string }[] }
    return items.length > 0 ? items : undefined
  })
  const id = line!.id
  const shown = await must('cases', 'show', id, ...as('toukatsu'))
  expect(shown).toContain('所管内')
  expect(shown).toContain('[お願い]')
  expect(shown).toContain('2026-11-20')
  expect(await must('requests', 'counts', ...as('toukatsu'))).toContain('見本省')

  const listed = await must('requests', 'list', ...as('toukatsu'), '--json')
  const general = (JSON.parse(listed) as { items: { id: string }[] }).items[0]!.id
  const answer = {
    command_id: 'answer-0001',
    applies_to_us: false,
    applies_reason: '記載された基準に当たらない',
    measures: generalRequestFixture.notice.measures.map((_measure, position) => ({
      position,
      answer: 'considering',
      effect_on_anonymous_speech: '匿名の発言への影響を踏まえる',
    })),
  }
  expect(
    await must('requests', 'answer', general, file('answer.json', answer), ...as('toukatsu')),
  ).toContain('第1版')
  const report = await must('requests', 'show', general, ...as('toukatsu'), '--lang', 'en')
  expect(report).toContain('considering')
  expect(report).toContain('Effect on anonymous speech')

  const wish = ['--by', '見本県警察（架空）', '--document', '依頼書第1号']
  const day = formatTime(Date.now() + DAY)
  const proposed = await must(
    ...['leave-up', 'propose', id, ...wish, '--until', day, '--json'],
    ...as('houmu-1'),
  )
  const { id: wishId } = JSON.parse(proposed) as { id: string }
  const alone = await desk.run('leave-up', 'agree', wishId, ...as('houmu-1'), '--json')
  expect(JSON.parse(alone.out)).toMatchObject({ error: { code: 'second_person_needed' } })
  await must('leave-up', 'agree', wishId, ...as('houmu-2'))
  expect(await must('leave-up', 'list', ...as('houmu-2'))).toContain(wishId)

  const { notices, case: record } = JSON.parse(
    await must('cases', 'show', id, ...as('toukatsu'), '--json'),
  ) as { notices: { id: string }[]; case: { version: number } }
  const assess = [
    ...['cases', 'nature', id, '--notice', notices[0]!.id, '--nature', 'administrative_order'],
    ...['--reason', '命令書を確認した', '--document', '命令書（架空）'],
    ...['--expected-version', String(record.version)],
  ]
  expect(JSON.parse((await desk.run(...assess, ...as('toukatsu'), '--json')).out)).toMatchObject({
    error: { code: 'not_allowed' },
  })
  expect(await must(...assess, ...as('houmu-1'))).toContain('評価を変えました')
  const legal = await must('cases', 'show', id, ...as('houmu-1'))
  expect(legal).toContain('法務対応')
  expect(legal).toContain('--legal complied')
  await must('cases', 'claim', id, ...as('houmu-1'))
  const contest = ['--legal', 'contested', '--document', '命令書（架空）']
  const expected = ['--expected-version', String(record.version + 1)]
  const contested = await must('decide', id, ...contest, ...expected, ...as('houmu-1'), '--json')
  expect(JSON.parse(contested)).toMatchObject({ id, state: 'decided' })
}, 120_000)
