// Next.js の Route Handler に窓口を組み込む例。/ The front desk in route handlers of Next.js. In each of
//   app/.well-known/[document]/route.ts  app/madoguchi/[...path]/route.ts
// stands: export const { GET, POST } = routeHandlers(madoguchi)
// and in app/staff/madoguchi/[...path]/route.ts, behind the platform's own staff login:
//   export const { GET, POST, PATCH } = routeHandlers(madoguchi, { operator: '/staff/madoguchi' })
import type { Madoguchi } from 'madoguchi'
import { webHandler, type Faces } from 'madoguchi/web'

type RouteHandler = (request: Request) => Promise<Response>

export function routeHandlers(
  madoguchi: Madoguchi,
  faces?: Faces,
): Readonly<Record<'GET' | 'POST' | 'PATCH', RouteHandler>> {
  const desk = webHandler(madoguchi, faces)
  return { GET: desk, POST: desk, PATCH: desk }
}
