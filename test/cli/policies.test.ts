import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { labelRule } from '../app/policies-support.ts'
import { GROUND } from '../app/support.ts'
import { newCommandDesk } from '../support/served-desk.ts'

/** On the standard of the examples. */
const rule = { ...labelRule, ground: { ...GROUND, version: '2025-04-01' } }

it('takes a policy from a file into use by two people, tries it, and gives it to others', async () => {
  const desk = await newCommandDesk()
  for (const [name, role] of [
    ['lead-a', 'lead'],
    ['second-b', 'second_reviewer'],
  ] as const)
    expect((await desk.run('operators', 'add', name, '--role', role)).code).toBe(0)
  const file = join(desk.folder, 'policy.json')
  writeFileSync(file, JSON.stringify({ ...rule, prompted_by: '2024-12-18' }))
  const version = ['label-reported', '1'] as const

  const nobody = await desk.run('policies', 'add', file)
  expect(nobody.code).toBe(2)
  const added = await desk.run('policies', 'add', file, '--as', 'lead-a')
  expect(added).toMatchObject({ code: 0, err: '' })
  expect(added.out).toMatch(/下書き/)
  const tried = await desk.run(
    'policies',
    'try',
    ...version,
    '--from',
    '2026-01-01',
    '--as',
    'lead-a',
  )
  expect(tried.out).toMatch(/何も変えていません/)
  const twice = await desk.run('policies', 'activate', ...version, '--as', 'second-b', '--json')
  expect(JSON.parse(twice.out)).toMatchObject({ error: { code: 'policy_state_conflict' } })
  const adopted = await desk.run('policies', 'adopt', ...version, '--as', 'lead-a')
  expect(adopted).toMatchObject({ code: 0, err: '' })
  const active = await desk.run(
    'policies',
    'activate',
    ...version,
    '--as',
    'second-b',
    '--lang',
    'en',
  )
  expect(active.out).toMatch(/state\s+active/)
  expect(active.out).toMatch(/takes: Informational label/)
  const listed = await desk.run('policies', 'list', '--as', 'second-b')
  expect(listed.out).toMatch(/label-reported\s+1\s+有効/)

  const exported = await desk.run('policies', 'export', ...version, '--as', 'lead-a')
  expect(JSON.parse(exported.out)).toEqual(rule)
  writeFileSync(file, exported.out)
  const taken = await desk.run('policies', 'import', file, '--as', 'lead-a', '--json')
  expect(JSON.parse(taken.out)).toMatchObject({ version: 2, state: 'draft', imported: true })
  const shown = await desk.run('policies', 'show', 'label-reported', '2', '--as', 'lead-a')
  expect(shown.out).toMatch(/取り込んだもの/)

  expect((await desk.run('policies', 'review', '--as', 'lead-a')).out).toMatch(
    /確認を待つものはありません/,
  )
  const unknown = ['use_0', '--finding', 'confirmed', '--as', 'lead-a', '--json']
  expect(JSON.parse((await desk.run('policies', 'review', ...unknown)).out)).toMatchObject({
    error: { code: 'not_found' },
  })
  expect((await desk.run('policies', 'show', 'label-reported', 'one', '--as', 'lead-a')).code).toBe(
    2,
  )
  const retired = await desk.run('policies', 'retire', ...version, '--as', 'lead-a')
  expect(retired.out).toMatch(/廃止/)
})
