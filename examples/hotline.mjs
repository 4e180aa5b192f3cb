// A hotline's client in one file: jose and fetch, nothing of Madoguchi.
// ホットライン側の送信プログラム。jose と fetch だけで書いてあります（openapi.yaml の sendNotice、readOwnNotice）。
//
//   node examples/hotline.mjs --desk https://sns.example/madoguchi --iss https://hotline.example/ \
//     --key sender-key.pem --notice notice.json --wait 60
//
// Asks for the outcome of this notice; with --poll it fetches whatever is there, by RFC 8936, and says that
// it has it (pollOutcomes). Neither needs an open port. / --poll は照会（RFC 8936）で受け取り、受領確認を返します。
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  calculateJwkThumbprint,
  createRemoteJWKSet,
  exportJWK,
  importPKCS8,
  jwtVerify,
  SignJWT,
} from 'jose'

const { values } = parseArgs({
  options: {
    desk: { type: 'string' },
    iss: { type: 'string' },
    key: { type: 'string' },
    notice: { type: 'string' },
    wait: { type: 'string', default: '60' },
    poll: { type: 'boolean', default: false },
  },
})

const missing = ['desk', 'iss', 'key', 'notice'].filter((name) => values[name] === undefined)
process.once('uncaughtException', ({ message }) => {
  console.error(message)
  process.exitCode = 1
})
if (missing.length > 0) throw new Error(`needed: ${missing.map((name) => `--${name}`).join(' ')}`)

const base64url = (bytes) => Buffer.from(bytes).toString('base64url')
const sha256 = async (...parts) =>
  base64url(await crypto.subtle.digest('SHA-256', Buffer.concat(parts)))
const say = (what) => console.log(JSON.stringify(what))

// 1. Find the desk. / 窓口の設定情報を読む。
const wellKnown = new URL('/.well-known/madoguchi-configuration', values.desk)
const desk = await (await fetch(wellKnown)).json()
const deskKeys = createRemoteJWKSet(new URL(desk.jwks_uri))
const check = async (jws, typ) =>
  (await jwtVerify(jws, deskKeys, { typ, issuer: desk.issuer, audience: values.iss })).payload

// 2. The signature of one request: who, to whom, when, which method, URL and bytes. / 署名。
const privateKey = await importPKCS8(readFileSync(values.key, 'utf8'), 'ES256', {
  extractable: true,
})
const { d: _, ...publicJwk } = await exportJWK(privateKey)
const kid = await calculateJwkThumbprint(publicJwk)

async function call(method, url, body = Buffer.alloc(0)) {
  const content = method === 'POST' ? { cty: 'application/json' } : {}
  const token = await new SignJWT({
    htm: method,
    htu: url,
    body_sha256: await sha256(body),
    ...content,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'mdg-req+jwt', kid })
    .setIssuer(values.iss)
    .setAudience(desk.issuer)
    .setIssuedAt()
    .setNotBefore(Math.floor(Date.now() / 1000))
    .setExpirationTime('60s')
    .setJti(crypto.randomUUID())
    .sign(privateKey)
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body } : {}),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${response.status} ${answer.code}: ${answer.detail}`)
  return { token, answer, replayed: response.headers.get('idempotency-replayed') === 'true' }
}

// 3. Send, and check the receipt: signature, our bytes, our request, our ledger entry. A notice that was
// sent before gets its first receipt again, which names the first request. / 送信と受領証の確認。
const body = readFileSync(values.notice)
const { id } = JSON.parse(body)
const sent = await call('POST', desk.notices_endpoint, body)
const receipt = await check(sent.answer.receipt, 'mdg-receipt+jwt')
const leafHash = await sha256(Buffer.of(0), Buffer.from(sent.answer.entry, 'base64'))
const isOurs =
  receipt.sub === id &&
  receipt.body_sha256 === (await sha256(body)) &&
  (sent.replayed || receipt.request_sha256 === (await sha256(Buffer.from(sent.token)))) &&
  receipt.leaf_hash === leafHash
if (!isOurs) throw new Error('the receipt is not that of our notice')
say({ accepted: sent.answer.id, receipt: 'verified' })

// 4. An outcome is checked: signature, and that it follows from our notice. / 対応結果の確認。
async function checkOutcome({ outcome, entry }) {
  const claims = await check(outcome, 'mdg-outcome+jwt')
  const bytes = Buffer.from(entry, 'base64')
  const { refs } = JSON.parse(bytes)
  const follows =
    claims.sub === id &&
    claims.leaf_hash === (await sha256(Buffer.of(0), bytes)) &&
    refs.includes(leafHash) &&
    refs.includes(claims.previous)
  if (!follows) throw new Error('the outcome does not follow from our notice')
  return claims
}

/** Asks how the notice stands. */
async function ask() {
  const { answer } = await call('GET', `${desk.notices_endpoint}/${encodeURIComponent(id)}`)
  if (answer.outcome !== null)
    return checkOutcome({ outcome: answer.outcome, entry: answer.outcome_entry })
  say({ status: answer.status })
  await new Promise((resume) => setTimeout(resume, 500))
}

/** Fetches outcomes, which takes up to 25 s while there is none, and acknowledges ours. */
async function poll() {
  const post = (question) => call('POST', desk.poll_endpoint, Buffer.from(JSON.stringify(question)))
  const { answer } = await post({ maxEvents: 100 })
  for (const [jti, outcome] of Object.entries(answer.sets)) {
    const { sub } = JSON.parse(Buffer.from(outcome.split('.')[1], 'base64url'))
    if (sub !== id) continue
    const claims = await checkOutcome({ outcome, entry: answer.ledger[jti].entry })
    await post({ maxEvents: 0, ack: [jti] })
    say({ acknowledged: jti })
    return claims
  }
  say({ fetched: Object.keys(answer.sets).length })
  await new Promise((resume) => setTimeout(resume, 500))
}

// 5. Until there is one. / 対応結果を待つ。
const end = Date.now() + Number(values.wait) * 1000
for (;;) {
  const claims = await (values.poll ? poll() : ask())
  if (claims !== undefined) {
    say({ outcome: claims.outcome.status, statement: claims.outcome.statement_ja, verified: true })
    break
  }
  if (Date.now() > end) throw new Error('no outcome yet')
}
