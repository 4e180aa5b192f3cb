import { expect, it, describe } from 'vitest'
import supertest from 'supertest'
import { openDesk } from '../support/desk.ts'
import { appOf, MOUNT, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi, operations } from '../support/openapi.ts'

const PREFIXES: readonly [RegExp, string][] = [
  [/^\/\.well-known\//, ''],
  [/^\/(livez|readyz|metrics)$/, '/ops'],
  [/^\/v1\/(notices|outcomes|ledger|registration|about)/, MOUNT],
  [/^\/v1\//, STAFF],
]

const urlOf = (path: string): string =>
  (PREFIXES.find(([pattern]) => pattern.test(path))?.[1] ?? '') + path.replaceAll(/\{\w+\}/g, '0')

it('has every operation that openapi.yaml documents, under its name', async () => {
  const desk = await openDesk()
  const app = appOf(desk)
  expect(operations.length).toBeGreaterThan(35)
  for (const { path, method, operation } of operations) {
    const response = await supertest(app)[method](urlOf(path))
    expectMatchesOpenapi(response, method, path)
    const line = desk.log.lines.findLast(({ event }) => event === 'http.request')
    expect(line?.fields['operation'], `${method} ${path}`).toBe(operation.operationId)
  }
})

it('lets nobody in without the credentials that openapi.yaml asks for', async () => {
  const app = appOf(await openDesk())
  for (const { path, method, operation } of operations) {
    const schemes = (operation.security ?? []).flatMap((each) => Object.keys(each))
    if (schemes.length === 0 || operation.operationId === 'readTile') continue
    const response = await supertest(app)
      [method](urlOf(path))
      .set('content-type', 'application/json')
    expect(response.status, `${method} ${path}`).toBe(401)
    const code = schemes.includes('operatorToken') ? 'unauthenticated' : 'signature_missing'
    expect(JSON.parse(response.text)).toMatchObject({ code })
  }
})

describe('the check itself fails', () => {
  const answer = (status: number, type: string, body: unknown): supertest.Response =>
    ({
      status,
      text: JSON.stringify(body),
      body,
      headers: { 'content-type': type },
    }) as unknown as supertest.Response

  it.each([
    ['an undocumented status', answer(299, 'application/json', { status: 'pass' })],
    ['an undocumented content type', answer(200, 'text/html', { status: 'pass' })],
    ['a missing member', answer(200, 'application/json', {})],
    ['an undocumented member', answer(200, 'application/json', { status: 'pass', host: 'x' })],
    ['a member of another type', answer(200, 'application/json', { status: 1 })],
  ])('on %s', (_name, response) => {
    expect(() => {
      expectMatchesOpenapi(response, 'get', '/livez')
    }).toThrow()
  })
})
