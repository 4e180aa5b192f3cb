import { describeDesk } from '../app/describe-desk.ts'
import type { AppContext } from '../app/context.ts'
import { aboutPage } from './about-page.ts'
import type { Endpoint } from './endpoint.ts'
import { preferredLang } from './language.ts'
import { readQuery } from './query.ts'
import { sendBytes } from './send.ts'

const NOTHING_RUNS =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The public page; Japanese unless the reader asks for English. */
export function aboutEndpoint(ctx: AppContext): Endpoint {
  return {
    method: 'get',
    path: '/v1/about',
    operation: 'readAbout',
    handle: async (req, res) => {
      const query = readQuery(req)
      const asked = query.optionalOneOf('lang', ['ja', 'en'] as const)
      query.done()
      const lang = asked ?? preferredLang(req.headers['accept-language'] ?? 'ja')
      const page = aboutPage(await describeDesk(ctx), lang)
      res.setHeader('Content-Security-Policy', NOTHING_RUNS)
      res.setHeader('Cache-Control', 'public, max-age=300')
      res.setHeader('Content-Language', lang)
      res.setHeader('Vary', 'Accept-Language')
      sendBytes(res, page, 'text/html; charset=utf-8')
    },
  }
}
