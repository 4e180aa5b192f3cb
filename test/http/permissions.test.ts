import { readFileSync } from 'node:fs'
import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { removeOperator } from '../../src/app/remove-operator.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import { may } from '../../src/core/permissions.ts'
import { DAY } from '../../src/core/time.ts'
import { ROLES, type Role } from '../../src/core/vocabulary.ts'
import { HOTLINE, openDesk, until, type Desk } from '../support/desk.ts'
import { guardedOperations, type GuardedOperation } from '../support/desk-endpoints.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf } from '../support/http.ts'
import { TestClock } from '../support/test-clock.ts'

const UUID = '01920000-0000-7000-8000-000000000000'
const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')

/** Cells of docs/permissions.md, by operation and role. */
const documented = new Map(
  page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [name = '', , ...cells] = line.slice(2, -2).split(' | ')
      return [name, new Map(ROLES.map((role, at) => [role, cells[at] === '○']))]
    }),
)

/** A desk with a case, somebody of every role, and a clock that stands. */
interface World {
  readonly desk: Desk
  readonly clock: TestClock
  readonly tokens: ReadonlyMap<Role, string>
  /** Identifiers that are there, by the first words of a path. */
  readonly real: Readonly<Record<string, string>>
}

async function openWorld(): Promise<World> {
  const clock = new TestClock()
  const desk = await openDesk({ adapters: { clock } })
  await desk.madoguchi.start()
  const accepted = await desk.hotline.send(noticeOf('yamibaito_recruitment'))
  const { ctx } = desk.madoguchi.internals
  const record = await until(async () => (await ctx.read.find('case', { state: 'ready' }))[0])
  const tokens = new Map<Role, string>()
  for (const role of ROLES) tokens.set(role, (await desk.operator(role)).token)
  const [operator] = await ctx.read.find('operator', {}, { limit: 1 })
  const [sample] = await ctx.read.find('sample', {}, { limit: 1 })
  const real = {
    cases: record.id,
    notices: accepted.id,
    senders: encodeURIComponent(HOTLINE),
    operators: operator!.id,
    samples: sample!.id,
  }
  return { desk, clock, tokens, real }
}

const PREFIX: Readonly<Record<string, string>> = {
  cases: 'cas',
  actions: 'act',
  senders: 'ntc',
  operators: 'opr',
  deliveries: 'dlv',
  'dead-letters': 'wrk',
  samples: 'smp',
}

/** The URL with identifiers that are there, or with such as are nowhere. */
function urlOf({ path, mount }: GuardedOperation, real: World['real'] | undefined): string {
  const [, , group = ''] = path.split('/')
  const id = real?.[group] ?? `${PREFIX[group] ?? 'ntc'}_${UUID}`
  const filled = path.replace('{id}', id).replace('entries/{n}', 'entries/000.p/1')
  return mount + filled.replaceAll(/\{\w+\}/g, '1')
}

function send(world: World, operation: GuardedOperation, url: string, token?: string) {
  const request = supertest(appOf(world.desk))[operation.method](url)
  if (token !== undefined) void request.set('authorization', `Bearer ${token}`)
  return operation.method === 'get' ? request : request.send({})
}

const nameOf = ({ method, path }: GuardedOperation): string => `\`${method.toUpperCase()} ${path}\``

/** A refusal says what every refusal of its kind says. */
function expectPlainRefusal(answer: Response, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(Object.keys(answer.body as object).sort()).toEqual(
    ['code', 'detail', 'instance', 'retryable', 'status', 'title', 'type'].sort(),
  )
}

it('every cell of every operation is as the handbook says: allowed, or refused without effect', async () => {
  const world = await openWorld()
  const { read } = world.desk.madoguchi.internals.ctx
  const tables = [
    'event',
    'reading',
    'operator',
    'sender',
    'senderKey',
    'standard',
    'work',
  ] as const
  const state = async (): Promise<number[]> =>
    Promise.all(tables.map((table) => read.count(table, {})))
  const operations = guardedOperations(world.desk)
  expect(operations.length).toBeGreaterThan(30)
  for (const operation of operations) {
    const cells = documented.get(nameOf(operation))
    expect(cells, `${nameOf(operation)} has no row in docs/permissions.md`).toBeDefined()
    for (const role of ROLES) {
      const name = `${nameOf(operation)} ${role}`
      expect(cells?.get(role), name).toBe(may(role, operation.permission))
      const isAllowed = cells?.get(role) === true
      const url = urlOf(operation, isAllowed ? undefined : world.real)
      const before = isAllowed ? [] : await state()
      const answer = await send(world, operation, url, world.tokens.get(role))
      if (isAllowed) {
        expect([401, 403], `${name}: ${String(answer.body?.code)}`).not.toContain(answer.status)
        expect(answer.status, name).toBeLessThan(500)
      } else {
        expectPlainRefusal(answer, 403, 'not_allowed')
        expect(await state(), name).toEqual(before)
      }
    }
  }
  expect(documented.size).toBe(operations.length)
}, 60_000)

it('nobody comes in without a token, or with one that is unknown, removed or past its time', async () => {
  const world = await openWorld()
  const { ctx } = world.desk.madoguchi.internals
  const removed = await world.desk.operator('admin')
  const [row] = await ctx.read.find('operator', { name: removed.by.operator })
  await removeOperator(ctx, SYSTEM, row!.id)
  world.clock.advance(30 * DAY)
  const expired = world.tokens.get('external_auditor')
  for (const operation of guardedOperations(world.desk)) {
    const url = urlOf(operation, world.real)
    for (const token of [undefined, `mdgo_${'A'.repeat(43)}`, removed.token, 'x'])
      expectPlainRefusal(await send(world, operation, url, token), 401, 'unauthenticated')
    expectPlainRefusal(await send(world, operation, url, expired), 401, 'access_expired')
  }
}, 60_000)
