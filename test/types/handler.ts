// Compile-only: what a named handler may rely on.
import type { NoticeFacts } from '../../src/app/handlers.ts'
import type { Madoguchi } from '../../src/madoguchi.ts'

declare const madoguchi: Madoguchi
declare const tell: (notice: NoticeFacts) => Promise<void>

export const subscribed = madoguchi
  .on('notice.accepted', 'page-on-call', ({ notice }) => tell(notice))
  .on('outcome.given_up', 'tell-somebody', ({ notice }) => tell(notice))
  // @ts-expect-error a decision is about a case, which may have many notices
  .on('decision.made', 'count', ({ notice }) => tell(notice))
  // @ts-expect-error an event that there is none of
  .on('notice.vanished', 'never', () => Promise.resolve())
