import supertest from 'supertest'
import { expect, it } from 'vitest'
import { openDesk } from '../support/desk.ts'
import { appOf, MOUNT, STAFF } from '../support/http.ts'
import { testDatabase } from '../support/postgres.ts'

const PATHS = [
  '/v1/cases/%00',
  '/v1/cases/cas_%00/names',
  '/v1/cases?cursor=%00',
  '/v1/cases?state=%00',
  '/v1/cases?lane=%00',
  '/v1/dead-letters/%00/payload',
  '/v1/deliveries/%00',
  '/v1/deliveries?state=%00',
  '/v1/deliveries?cursor=%00',
  '/v1/senders/%00',
  '/v1/senders/https%3A%2F%2Fhotline.example%00%2F',
  '/v1/senders/%00/diagnoses',
  '/v1/senders/%00/keys',
  '/v1/standards/%00',
]

it.each(['SQLite', 'PostgreSQL'])(
  'a NUL in a path, a query or a body is never a 5xx on %s',
  async (kind) => {
    const settings = kind === 'SQLite' ? {} : { MADOGUCHI_STORE: await testDatabase() }
    const desk = await openDesk({ settings })
    const app = appOf(desk)
    const { token } = await desk.operator('admin')
    const auth = `Bearer ${token}`
    const statuses: [string, number][] = []
    for (const path of PATHS) {
      const { status } = await supertest(app).get(`${STAFF}${path}`).set('authorization', auth)
      statuses.push([path, status])
    }
    const bodies: [string, object][] = [
      ['/v1/operators', { name: 'a\0b', role: 'reviewer' }],
      ['/v1/operators/%00/removal', {}],
      ['/v1/senders/%00/clock-reset', { band: 1 }],
      [
        '/v1/senders',
        { id: 'https://x.example/\0', name: 'x\0', type: 'hotline', tier: 'ordinary' },
      ],
      ['/v1/standards', { id: 'a\0', version: '\0' }],
      ['/v1/dead-letters/%00/revival', {}],
      ['/v1/actions/%00/settlement', { executed_at: '2026-11-22T00:00:00.000Z' }],
    ]
    for (const [path, body] of bodies) {
      const request = supertest(app).post(`${STAFF}${path}`).set('authorization', auth)
      statuses.push([path, (await request.send(body)).status])
    }
    const own = await supertest(app).get(`${MOUNT}/v1/notices/%00`)
    const tile = await supertest(app).get(`${MOUNT}/v1/ledger/entries/%00/proof`)
    statuses.push(['own', own.status], ['tile', tile.status])
    expect(statuses.filter(([, status]) => status >= 500)).toEqual([])
  },
)
