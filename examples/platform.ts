// A platform that opens its front desk: Express, posts in memory, the SDK. Settings: MADOGUCHI_*.
// 窓口を組み込んだプラットフォームの例。設定は環境変数 MADOGUCHI_* で行います。
import { readFileSync } from 'node:fs'
import express from 'express'
import {
  createMadoguchi,
  executed,
  operatorRouter,
  pending,
  senderRouter,
  wellKnownRouter,
} from 'madoguchi'
import type { Id, Observation, StandardDocument } from 'madoguchi'

const file = new URL('standards/removal-standard.json', import.meta.url)
const communityGuidelines = JSON.parse(readFileSync(file, 'utf8')) as StandardDocument

const hidden = new Map<string, { readonly at: Date; readonly key: string }>()
const posts = {
  findByUrl: (url: string) => {
    const id = /\/posts\/(\d+)$/.exec(new URL(url).pathname)?.[1]
    return Promise.resolve(id === undefined ? null : { ref: { id } })
  },
  state: (id: string): Promise<Observation> => {
    const since = hidden.get(id)?.at.getTime()
    return Promise.resolve(since === undefined ? { state: 'present' } : { state: 'gone', since })
  },
  /** May come again with the same key: a post is hidden once. */
  hide: (id: string, { idempotencyKey }: { readonly idempotencyKey: string }) => {
    const done = hidden.get(id) ?? { at: new Date(), key: idempotencyKey }
    hidden.set(id, done)
    return Promise.resolve(done.at)
  },
}
/** Work that the people of the ads desk do by hand. */
const adsDesk: Id<'act'>[] = []
const staffOnly = express.Router() // The platform's own staff login.

const madoguchi = await createMadoguchi<{ id: string }>({
  standards: [communityGuidelines],
  targets: {
    hosts: ['sns.example'],
    resolve: ({ url }) => posts.findByUrl(url),
    observe: ({ ref }) => posts.state(ref.id),
  },
  executors: {
    remove: async ({ ref, idempotencyKey }) =>
      executed(await posts.hide(ref.id, { idempotencyKey })),
    demonetize_item: ({ actionId }) => Promise.resolve(pending(String(adsDesk.push(actionId)))),
  },
})
madoguchi.on('notice.accepted', 'page-on-call', ({ notice }) => {
  if (notice.band === 0) console.error('life or body in danger: somebody look now')
  return Promise.resolve()
})

const app = express()
app.use(wellKnownRouter(madoguchi)) // At the origin's root.
app.use('/madoguchi', senderRouter(madoguchi)) // Before express.json().
app.use('/staff/madoguchi', staffOnly, operatorRouter(madoguchi))
app.post('/ads-desk/done', staffOnly, async (_req, res) => {
  for (const id of adsDesk.splice(0)) await madoguchi.actions.settle(id, executed(new Date()))
  res.sendStatus(204)
})
await madoguchi.start({ work: true })
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
server.once('listening', () => void process.stderr.write('the platform is up\n'))
process.once('SIGTERM', () => server.close(() => void madoguchi.close()))
