import { createHash } from 'node:crypto'
import supertest, { type Response } from 'supertest'
import { expect, it } from 'vitest'
import { parseVkey } from '../../src/ledger/note.ts'
import { openCheckpoint } from '../../src/ledger/checkpoint.ts'
import { verifyProof } from '../../src/ledger/proof.ts'
import { openDesk, type Desk } from '../support/desk.ts'
import { noticeOf } from '../support/fixtures.ts'
import { appOf, MOUNT } from '../support/http.ts'
import { expectMatchesOpenapi } from '../support/openapi.ts'

const TILE = '/v1/ledger/tile/{path}'
const leaf = (entry: Buffer): Buffer =>
  createHash('sha256').update(Buffer.of(0)).update(entry).digest()

/** As bytes, whatever the content type. */
async function get(desk: Desk, path: string, token?: string): Promise<Response> {
  const request = supertest(appOf(desk))
    .get(`${MOUNT}/v1/ledger/${path}`)
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => {
        done(null, Buffer.concat(chunks))
      })
    })
  return await (token === undefined ? request : request.set('authorization', `Bearer ${token}`))
}

it('a stranger checks a notice with the public endpoints and the configuration alone', async () => {
  const desk = await openDesk()
  const accepted = await desk.hotline.send(noticeOf('yamibaito_recruitment'))
  const app = appOf(desk)
  const { body } = await supertest(app).get('/.well-known/madoguchi-configuration')
  const { ledger } = body as { ledger: { vkey: string; origin: string } }
  const key = parseVkey(ledger.vkey)!
  const note = await supertest(app).get(`${MOUNT}/v1/ledger/checkpoint`)
  expectMatchesOpenapi(note, 'get', '/v1/ledger/checkpoint')
  const { size, root } = openCheckpoint(note.text, [key], ledger.origin)!
  expect(root).toHaveLength(32)
  const entry = Buffer.from(accepted.entry, 'base64')
  const proof = await supertest(app).get(`${MOUNT}/v1/ledger/entries/${size - 1}/proof`)
  expectMatchesOpenapi(proof, 'get', '/v1/ledger/entries/{index}/proof')
  expect(verifyProof(proof.text, entry, [key], ledger.origin)).toEqual({
    index: size - 1,
    size,
  })
  const tile = await get(desk, `tile/0/000.p/${size}`)
  expectMatchesOpenapi(tile, 'get', TILE)
  expect(tile.headers['cache-control']).toBe('public, max-age=60')
  expect((tile.body as Buffer).subarray(-32)).toEqual(leaf(entry))
})

it('full tiles are the same for ever, and say so', async () => {
  const desk = await openDesk()
  for (let n = 0; n < 260; n += 1)
    await desk.hotline.sendFixture('yamibaito_recruitment', {
      id: `many-${n}-0000`,
      target: { locator: `app:${n}` },
    })
  const full = await get(desk, 'tile/0/000')
  expect(full.body).toHaveLength(256 * 32)
  expect(full.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  expect((await get(desk, 'tile/1/000.p/1')).body).toHaveLength(32)
  expect((await get(desk, 'tile/1/000')).status).toBe(404)
})

it.each([
  'tile/0/000.p/200',
  'tile/0/1',
  'tile/0/000.p/0',
  'tile/0/x000/000',
  'tile/99/000',
  'entries/007/proof',
  'entries/999/proof',
  'entries/-1/proof',
])('%s is not there', async (path) => {
  const response = await get(await openDesk(), path)
  expect(response.status).toBe(404)
  expect(String(response.body)).toContain('"code":"not_found"')
})

it('entry bundles are for auditors, and hold the exact entries', async () => {
  const desk = await openDesk()
  const accepted = await desk.hotline.send(noticeOf('yamibaito_recruitment'))
  const { size } = await desk.madoguchi.internals.ctx.ledger.head()
  const path = `tile/entries/000.p/${size}`
  const nobody = await get(desk, path)
  expect(nobody.status).toBe(401)
  expectMatchesOpenapi(
    { status: nobody.status, headers: nobody.headers, text: String(nobody.body) },
    'get',
    TILE,
  )
  for (const role of ['admin', 'lead', 'child_safety'] as const)
    expect((await get(desk, path, (await desk.operator(role)).token)).status).toBe(403)
  const bundle = await get(desk, path, (await desk.operator('auditor')).token)
  expect(bundle.status).toBe(200)
  expect(bundle.headers['cache-control']).toBe('no-store')
  const bytes = bundle.body as Buffer
  const entries: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 2 + bytes.readUInt16BE(at))
    entries.push(bytes.subarray(at + 2, at + 2 + bytes.readUInt16BE(at)))
  expect(entries).toHaveLength(size)
  expect(entries.some((entry) => entry.equals(Buffer.from(accepted.entry, 'base64')))).toBe(true)
})
