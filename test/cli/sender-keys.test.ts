import { expect, it } from 'vitest'
import { until } from '../support/desk.ts'
import { startCommand } from '../support/command-line.ts'
import { exampleFile, newCommandDesk, type CommandDesk } from '../support/served-desk.ts'

const HOTLINE = 'https://hotline.example/'

async function json(desk: CommandDesk, ...args: string[]): Promise<Record<string, unknown>> {
  const ran = await desk.run(...args, '--json')
  expect(ran, args.join(' ')).toMatchObject({ code: 0, err: '' })
  return JSON.parse(ran.out) as Record<string, unknown>
}

it('a sender changes to an RSA key by commands, and fetches its outcome without an open port', async () => {
  const desk = await newCommandDesk()
  const made = await json(desk, 'keys', 'generate', '--sender', '--alg', 'PS256', '--out', 'rsa')
  const kid = String(made['kid'])
  const pending = await json(desk, 'keys', 'add', HOTLINE, 'rsa/sender-key.jwk.json', '--pending')
  expect(pending).toMatchObject({ kid, alg: 'PS256', state: 'pending' })
  const list = await desk.run('keys', 'list', HOTLINE)
  expect(list.out).toContain('有効化前')
  expect(await json(desk, 'keys', 'activate', HOTLINE, kid)).toMatchObject({ state: 'active' })
  const { items } = (await json(desk, 'keys', 'list', HOTLINE)) as { items: { kid: string }[] }
  const old = items.find((key) => key.kid !== kid)?.kid ?? ''
  const end = ['--until', '2999-01-01T00:00:00.000Z']
  expect(await json(desk, 'keys', 'retire', HOTLINE, old, ...end)).toMatchObject({
    state: 'retiring',
  })
  expect(await json(desk, 'keys', 'revoke', HOTLINE, old)).toMatchObject({ state: 'revoked' })
  expect(await json(desk, 'senders', 'show', HOTLINE)).toMatchObject({ endpoint: null })

  await desk.serve()
  const send = startCommand(
    [
      ...['send', exampleFile('notices/handgun_sale.json'), '--iss', HOTLINE, '--to', desk.url],
      ...['--key', 'rsa/sender-key.pem', '--alg', 'PS256', '--poll', '30', '--lang', 'en'],
    ],
    { cwd: desk.folder, env: desk.env },
  )
  await send.until(/accepted ntc_/)
  const through = ['--url', desk.url, '--token-file', desk.tokenFile]
  const found = await until(async () => {
    const cases = (await json(desk, 'cases', 'list', ...through)) as {
      items: { id: string; facts: { version: number } }[]
    }
    return cases.items[0]
  })
  await json(desk, 'cases', 'claim', found.id, ...through)
  const version = ['--expected-version', String(found.facts.version)]
  const weight = ['--no-measure', '--weight', 'considered']
  await json(desk, 'decide', found.id, ...version, ...weight, ...through)
  const ran = await send.ended
  expect(ran).toMatchObject({ code: 0, err: '' })
  expect(ran.out).toContain('outcome no_measure')
  expect(ran.out).toContain('acknowledged')
  expect(ran.out).not.toContain('✗')
  expect(await json(desk, 'outbox', 'list', ...through)).toMatchObject({
    items: [{ channel: 'poll', state: 'acknowledged', last_result: 'poll_ack' }],
  })
}, 60_000)

it('ranges of deliveries are named, and counted first', async () => {
  const desk = await newCommandDesk()
  expect(await desk.run('outbox', 'resend')).toMatchObject({ code: 2 })
  const dry = await json(desk, 'outbox', 'resend', '--state', 'given_up', '--dry-run')
  expect(dry).toMatchObject({ dry_run: true, count: 0, more: false })
  expect((await desk.run('outbox', 'resend', '--sender', HOTLINE)).out).toContain('0 件')
})
