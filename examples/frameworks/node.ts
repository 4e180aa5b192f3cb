// node:http（connect も同じ形）に窓口を組み込む例。/ The front desk in node:http; connect takes it in the same form.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Madoguchi } from 'madoguchi'
import { nodeHandler } from 'madoguchi/node'

export function createApp(madoguchi: Madoguchi): Server {
  const desk = nodeHandler(madoguchi) // The public side, at the path of MADOGUCHI_PUBLIC_URL.
  const staff = nodeHandler(madoguchi, { operator: '/staff/madoguchi' })
  return createServer((req, res) => {
    desk(req, res, () => {
      if (!isStaff(req)) ownRoutes(req, res)
      else
        staff(req, res, () => {
          ownRoutes(req, res)
        })
    })
  })
}

/** The platform's own staff login stands here. */
function isStaff({ url }: IncomingMessage): boolean {
  return url?.startsWith('/staff/') ?? false
}

function ownRoutes(req: IncomingMessage, res: ServerResponse): void {
  res.statusCode = req.url === '/posts' ? 200 : 404
  res.end()
}
