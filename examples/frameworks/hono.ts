// Hono に窓口を組み込む例。/ The front desk in Hono.
import { Hono } from 'hono'
import type { Madoguchi } from 'madoguchi'
import { webHandler } from 'madoguchi/web'

export function createApp(madoguchi: Madoguchi): Hono {
  const desk = webHandler(madoguchi) // The public side, at the path of MADOGUCHI_PUBLIC_URL.
  const staff = webHandler(madoguchi, { operator: '/staff/madoguchi' })
  const app = new Hono()
  app.all('/.well-known/*', ({ req }) => desk(req.raw))
  app.all('/madoguchi/*', ({ req }) => desk(req.raw))
  app.use('/staff/*', async (_c, next) => {
    await next() // The platform's own staff login stands here.
  })
  app.all('/staff/madoguchi/*', ({ req }) => staff(req.raw))
  app.get('/posts', (c) => c.body(null, 200))
  return app
}
