import express from 'express'
import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import type { Role } from '../../src/core/vocabulary.ts'
import { openDesk, until, type Desk } from '../support/desk.ts'
import { appOf, STAFF } from '../support/http.ts'
import { expectMatchesOpenapi, type Method } from '../support/openapi.ts'
import { serve } from '../support/raw-http.ts'

const LIST = '/v1/deliveries'

async function call(
  desk: Desk,
  role: Role,
  method: Method,
  path: string,
  template: string,
  body?: object,
): Promise<Response> {
  const { token } = await desk.operator(role)
  const response = await supertest(appOf(desk))
    [method](`${STAFF}${path}`)
    .set('authorization', `Bearer ${token}`)
    .send(body)
  expectMatchesOpenapi(response, method, template)
  return response
}

/** Declines the one case of the desk and waits for its outcome. */
async function declineTheCase(desk: Desk): Promise<void> {
  const { read } = desk.madoguchi.internals.ctx
  const record = await until(async () => (await read.find('case', { state: 'ready' }))[0])
  const { by } = await desk.operator('reviewer')
  await desk.madoguchi.cases.claim(record.id, by)
  const command = { commandId: 'decline-1', expectedVersion: record.version, by, actions: [] }
  await desk.madoguchi.cases.decide(record.id, { ...command, declineReason: 'unspecified' })
  await until(async () => (await read.find('outcome', {}))[0])
}

it('an outcome that an endpoint refuses is seen as given up, and can be sent again, the same bytes', async () => {
  const bodies: string[] = []
  let status = 400
  const hotline = express().use(express.text({ type: '*/*' }), (req, res) => {
    bodies.push((JSON.parse(String(req.body)) as { outcome: string }).outcome)
    res.status(status).end()
  })
  const callbackUrl = `http://127.0.0.1:${await serve(hotline)}/outcomes`
  const desk = await openDesk({ callbackUrl })
  await desk.madoguchi.start()
  await desk.hotline.sendFixture('yamibaito_recruitment')
  await declineTheCase(desk)
  const given = await until(async () => {
    const { body } = await call(desk, 'reviewer', 'get', `${LIST}?state=given_up`, LIST)
    return body.items[0] as { id: string } | undefined
  })
  expect(given).toMatchObject({ state: 'given_up', attempts: 1, last_result: 'http_400' })

  status = 200
  const resend = `${LIST}/${given.id}/resend`
  const template = `${LIST}/{id}/resend`
  expect((await call(desk, 'auditor', 'post', resend, template)).status).toBe(403)
  const sent = await call(desk, 'lead', 'post', resend, template)
  expect(sent.status).toBe(201)
  await until(async () => {
    const { body } = await call(desk, 'admin', 'get', `${LIST}?state=delivered`, LIST)
    return body.items.length === 1 ? true : undefined
  })
  const { read } = desk.madoguchi.internals.ctx
  const [event] = await read.find('event', { type: 'delivery.resent' })
  expect(new TextDecoder().decode(event?.payload)).toMatch(
    new RegExp(`"role":"lead".*"instead_of":"${given.id}"`),
  )
  expect(bodies).toHaveLength(2)
  expect(bodies[0]).toBe(bodies[1])
  const pages = await call(desk, 'admin', 'get', `${LIST}?limit=1`, LIST)
  expect(pages.body.items).toMatchObject([{ id: sent.body.id }])
  const rest = await call(
    desk,
    'admin',
    'get',
    `${LIST}?limit=1&cursor=${pages.body.next_cursor}`,
    LIST,
  )
  expect(rest.body).toMatchObject({ items: [{ id: given.id }], next_cursor: null })
  expect(JSON.stringify(desk.log.lines)).not.toContain('127.0.0.1')
})

it('a range is counted, then sent again; what is handed over is for those who decide', async () => {
  const desk = await openDesk()
  const { read } = desk.madoguchi.internals.ctx
  await desk.madoguchi.start()
  await desk.hotline.sendFixture('yamibaito_recruitment')
  await declineTheCase(desk)
  const range = `${LIST}/resend`
  const state = { state: 'waiting' }
  const none = await call(desk, 'lead', 'post', range, range, { ...state, dry_run: true })
  expect(none.body).toMatchObject({ dry_run: true, count: 0, more: false, next_cursor: null })
  expect((await call(desk, 'reviewer', 'post', range, range, state)).status).toBe(403)
  const [outcome] = await read.find('outcome', {})
  const [delivery] = await read.find('delivery', {})
  const one = `${LIST}/${delivery!.id}`
  const opened = await call(desk, 'reviewer', 'get', one, `${LIST}/{id}`)
  expect(opened.body).toMatchObject({ outcome: outcome?.jws, said: null, channel: 'poll' })
  expect((await call(desk, 'integrator', 'get', one, `${LIST}/{id}`)).status).toBe(403)
  const absent = await call(desk, 'reviewer', 'get', `${LIST}/dlv_x`, `${LIST}/{id}`)
  expect(absent.status).toBe(404)
})

it('what is not there can not be sent again', async () => {
  const desk = await openDesk()
  const answer = await call(
    desk,
    'lead',
    'post',
    `${LIST}/dlv_nothing/resend`,
    `${LIST}/{id}/resend`,
  )
  expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
})

it('what is handed over on a no-view case opens for child_safety alone, and is noted as that', async () => {
  const desk = await openDesk()
  await desk.madoguchi.start()
  await desk.hotline.sendFixture('csam_abstract')
  const { read } = desk.madoguchi.internals.ctx
  const { id } = await until(async () => (await read.find('case', { state: 'ready' }))[0])
  for (const turn of ['first', 'second']) {
    const { by } = await desk.operator('child_safety')
    await desk.madoguchi.cases.claim(id, by)
    const { version: expectedVersion } = (await read.get('case', { id }))!
    const command = { commandId: `decline-${turn}`, expectedVersion, by, actions: [] }
    await desk.madoguchi.cases.decide(id, { ...command, declineReason: 'unspecified' })
  }
  const delivery = await until(async () => (await read.find('delivery', {}))[0])
  const open = (role: Role): Promise<Response> =>
    call(desk, role, 'get', `${LIST}/${delivery.id}`, `${LIST}/{id}`)
  for (const role of ['reviewer', 'second_reviewer', 'lead'] as const) {
    const refused = await open(role)
    expect([refused.status, refused.body.code]).toEqual([403, 'not_allowed'])
    expect(refused.text).not.toContain('outcome')
  }
  expect(await read.count('reading', {})).toBe(0)
  const shown = await open('child_safety')
  expect(shown.status).toBe(200)
  expect(typeof shown.body.outcome).toBe('string')
  expect(await read.find('reading', {})).toMatchObject([{ what: 'no_view', subject: delivery.id }])
})
