// Fastify 5 に窓口を組み込む例。/ The front desk in Fastify 5.
import { fastify, type FastifyInstance } from 'fastify'
import type { Madoguchi } from 'madoguchi'
import { fastifyPlugin } from 'madoguchi/fastify'

export async function createApp(madoguchi: Madoguchi): Promise<FastifyInstance> {
  const app = fastify()
  await app.register(fastifyPlugin, { madoguchi }) // The public side, at the path of MADOGUCHI_PUBLIC_URL.
  await app.register(async (staff) => {
    staff.addHook('onRequest', (_request, _reply, done) => {
      done() // The platform's own staff login stands here.
    })
    await staff.register(fastifyPlugin, { madoguchi, faces: { operator: '/staff/madoguchi' } })
  })
  app.get('/posts', (_request, reply) => reply.send())
  app.post('/posts', ({ body }, reply) => reply.send({ parsed: body })) // Own parsers stay as they are.
  return app
}
