import type { CaseRecord } from '../core/case.ts'
import { isId, type Id } from '../core/ids.ts'
import type { NoticeRecord } from '../core/notice.ts'
import { may } from '../core/permissions.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { NoticeDocument } from '../generated/types.ts'
import { parseStrictJson } from '../signing/strict-json.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'
import { noticesOfCase } from './notices-of-case.ts'
import { recordReading } from './record-reading.ts'

/** 担当者/確認者 of one notice, as its sender wrote them. */
export interface NoticeNames {
  readonly noticeId: Id<'ntc'>
  readonly handler: string | null
  readonly checker: string | null
  /** 責任者 of an agency. */
  readonly officer: string | null
}

/**
 * 氏名を表示する（記録されます）: the people at the senders who handled and checked the notices of a case.
 * For asking back and for checking, never for deciding. A name says nothing of the content, so the
 * category of the case doesn't matter.
 *
 * @throws MadoguchiError `not_allowed`, `not_found`.
 */
export async function readNames(
  ctx: AppContext,
  actor: Actor,
  caseId: string,
): Promise<NoticeNames[]> {
  requirePermission(actor, 'cases.names')
  const record = isId('cas', caseId) ? await ctx.read.get('case', { id: caseId }) : undefined
  if (record === undefined || isOfOthers(actor, record)) throw new MadoguchiError('not_found')
  const { id, version } = record
  await recordReading(ctx, actor, { what: 'names', subject: id, version })
  return (await noticesOfCase(ctx.read, id)).map(namesOf)
}

function isOfOthers({ role }: Actor, { lane }: CaseRecord): boolean {
  return lane === 'legal_desk' && !may(role, 'legal.read')
}

function namesOf({ id, body }: NoticeRecord): NoticeNames {
  // It was valid when it was accepted; the bytes are exactly those.
  const document = parseStrictJson(body) as unknown as NoticeDocument
  const { handler_name: handler = null, checker_name: checker = null } = document
  const officer =
    'responsible_officer' in document ? (document.responsible_officer.name ?? null) : null
  return { noticeId: id, handler, checker, officer }
}
