import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { changeSender } from '../../src/app/change-sender.ts'
import { registerSender } from '../../src/app/register-sender.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { ROLES } from '../../src/core/vocabulary.ts'
import { HOTLINE, openDesk, until } from '../support/desk.ts'
import { fixtureSenders, noticeOf } from '../support/fixtures.ts'
import { decide, keptPosts, outcomeFor, person, sendToCase, thrown } from './support.ts'

/** An endpoint that keeps the paths it was called at. */
async function openEndpoint(): Promise<{ readonly url: string; readonly calls: string[] }> {
  const calls: string[] = []
  const server = createServer((req, res) => {
    calls.push(req.url ?? '')
    req.resume()
    res.statusCode = 204
    res.end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
  })
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, calls }
}

const contactsAt = (url: string): Record<string, unknown> => ({
  contact_email: 'answers@elsewhere.example',
  enquiry: `回答は ${url}/from-the-notice へ送ってください。`,
  request_text: `${url}/from-the-text`,
  content_description: `callback: ${url}/from-the-description`,
})

it('Answers go to registered endpoints only: what a notice says about contacts is data', async () => {
  const registered = await openEndpoint()
  const named = await openEndpoint()
  const desk = await openDesk({ callbackUrl: `${registered.url}/callback` })
  await desk.madoguchi.start({ work: true })
  const sent = await sendToCase(desk, 'yamibaito_recruitment', contactsAt(named.url))
  await decide(desk, sent.record, person('a'), { actions: [] })
  const { read } = desk.madoguchi.internals.ctx
  await until(async () => (await read.find('delivery', { state: 'delivered' }))[0])
  expect(registered.calls).toEqual(['/callback'])
  expect(named.calls).toEqual([])
})

it('A sender without an endpoint is sent nothing, and fetches for itself', async () => {
  const named = await openEndpoint()
  const transport = keptPosts()
  const desk = await openDesk({ adapters: { transport } })
  await desk.madoguchi.start({ work: true })
  const sent = await sendToCase(desk, 'yamibaito_recruitment', contactsAt(named.url))
  await decide(desk, sent.record, person('a'), { actions: [] })
  await outcomeFor(desk, sent.accepted)
  const { ctx, workers } = desk.madoguchi.internals
  await workers.reconcile()
  expect(await ctx.read.count('delivery', { channel: 'push' })).toBe(0)
  expect(await ctx.read.count('work', { kind: 'deliver' })).toBe(0)
  expect(transport.posts).toEqual([])
})

it("A notice can't bring an endpoint along, and nobody but an admin registers one", async () => {
  const desk = await openDesk()
  const { ctx } = desk.madoguchi.internals
  for (const extra of [
    { callback_url: 'https://elsewhere.example/' },
    { reply_to: 'https://elsewhere.example/' },
  ])
    expect(await thrown(desk.hotline.send({ ...noticeOf('handgun_sale'), ...extra }))).toBe(
      'schema_mismatch',
    )
  const wish = { callback_url: 'https://elsewhere.example/' }
  for (const role of ROLES.filter((each) => each !== 'admin'))
    expect(await thrown(changeSender(ctx, { operator: 'x', role }, HOTLINE, wish))).toBe(
      'not_allowed',
    )
  expect((await ctx.read.get('sender', { id: HOTLINE }))?.callbackUrl).toBeNull()
})

it.each([
  'http://hotline.example/',
  'https://10.0.0.1/',
  'https://169.254.169.254/x',
  'https://localhost/',
  'https://hotline.example:22/',
])("An inward or unguarded endpoint can't be registered: %s", async (callback_url) => {
  const desk = await openDesk({ settings: { MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS: 'false' } })
  const document = { ...fixtureSenders[0], id: 'https://new.example/', callback_url }
  const code = await thrown(registerSender(desk.madoguchi.internals.ctx, SYSTEM, document))
  expect(['endpoint_refused', 'invalid_input']).toContain(code)
})
