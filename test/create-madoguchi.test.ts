import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { allStandards } from '../src/app/read-standards.ts'
import type { StandardDocument } from '../src/generated/types.ts'
import { createMadoguchi, type Madoguchi, type MadoguchiOptions } from '../src/index.ts'
import { exportPrivateKeyPem } from '../src/signing/key-pem.ts'
import { newFolder } from './support/command-line.ts'
import { newKeys } from './support/desk.ts'
import { exampleFile } from './support/served-desk.ts'

const standard = JSON.parse(
  readFileSync(exampleFile('standards/removal-standard.json'), 'utf8'),
) as StandardDocument

function opener(): (options?: Partial<MadoguchiOptions>) => Promise<Madoguchi> {
  const keys = newKeys()
  const store = `sqlite:${join(newFolder(), 'desk.db')}`
  return (options = {}) =>
    createMadoguchi({
      targets: { hosts: ['sns.example'] },
      settings: {
        MADOGUCHI_STORE: store,
        MADOGUCHI_PUBLIC_URL: 'https://sns.example/madoguchi',
        MADOGUCHI_SIGNING_KEY: exportPrivateKeyPem(keys.signing),
        MADOGUCHI_LOG_KEY: exportPrivateKeyPem(keys.log),
        MADOGUCHI_LOG_LEVEL: 'silent',
      },
      ...options,
    })
}

it('publishes the given standards once, however often it opens', async () => {
  const open = opener()
  for (let times = 0; times < 2; times += 1) {
    const madoguchi = await open({ standards: [standard] })
    const { ctx } = madoguchi.internals
    const published = await ctx.read.find('event', { type: 'standard.published' })
    expect(await allStandards(ctx)).toMatchObject([{ id: standard.id, version: standard.version }])
    expect(published).toHaveLength(1)
    await madoguchi.close()
  }
})

it('takes the normalised URL as the reference where nothing resolves', async () => {
  const madoguchi = await opener()()
  onTestFinished(() => madoguchi.close())
  const { platform } = madoguchi.internals.ctx
  const { signal } = new AbortController()
  expect(platform.hosts).toEqual(['sns.example'])
  expect(await platform.resolve({ url: 'https://SNS.example/a/../b', signal })).toEqual({
    ref: 'https://sns.example/b',
  })
})

it('leaves no store open behind a standard that is none', async () => {
  const open = opener()
  const broken = { ...standard, clauses: [] } as unknown as StandardDocument
  await expect(open({ standards: [broken] })).rejects.toMatchObject({ code: 'invalid_input' })
  await (await open()).close()
})
