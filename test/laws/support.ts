import express, { type Express } from 'express'
import type { CaseAnswer } from '../../src/app/case-command.ts'
import { registerKey } from '../../src/app/register-key.ts'
import { SYSTEM } from '../../src/app/actor.ts'
import type { Acceptance } from '../../src/app/receive-notice.ts'
import type { CaseRecord } from '../../src/core/case.ts'
import type { DecidedBy, Ground } from '../../src/core/decision.ts'
import type { OutcomeRecord } from '../../src/core/outcome.ts'
import type { Role } from '../../src/core/vocabulary.ts'
import { createOperatorRouter } from '../../src/http/operator-router.ts'
import { createOpsRouter } from '../../src/http/ops-router.ts'
import { createSenderRouter } from '../../src/http/sender-router.ts'
import { MadoguchiError, type ErrorCode } from '../../src/errors/madoguchi-error.ts'
import type { OutcomeClaims } from '../../src/generated/types.ts'
import type { DecideCommand } from '../../src/madoguchi.ts'
import type { OutcomeTransport } from '../../src/ports/outcome-transport.ts'
import type { Executor } from '../../src/ports/platform.ts'
import { validateAgainst } from '../../src/schema/validate.ts'
import { TOKEN_TYPES } from '../../src/signing/token-type.ts'
import { verifyOurs } from '../../src/signing/verify-ours.ts'
import { publicJwk, until, type Desk } from '../support/desk.ts'
import { fixtureSenders, noticeOf } from '../support/fixtures.ts'

/** A clause of the fixtures' standard that is in force. */
export const clause = (id = '3.2', kind = 'published_standard_clause'): Ground => ({
  kind,
  standard: 'removal-standard',
  version: '2026-04-01',
  clause: id,
})

/** An executor that does what it is told and keeps the keys that it was called with. */
export function obedient(calls: string[] = []): Executor<unknown> {
  return ({ idempotencyKey }) => {
    calls.push(idempotencyKey)
    return Promise.resolve({ kind: 'executed', at: 1_700_000_000_000 })
  }
}

/** Somebody of the desk who isn't registered; commands take pseudonyms from the embedding program. */
export const person = (operator: string, role: Role = 'reviewer'): DecidedBy => ({ operator, role })

/** The ready case of an accepted notice. */
export function readyCaseOf(desk: Desk, { id }: Pick<Acceptance, 'id'>): Promise<CaseRecord> {
  const { read } = desk.madoguchi.internals.ctx
  return until(async () => {
    const caseId = (await read.get('notice', { id }))?.caseId
    const record = caseId ? await read.get('case', { id: caseId }) : undefined
    return record?.state === 'new' ? undefined : record
  })
}

export interface Sent {
  readonly accepted: Acceptance
  readonly record: CaseRecord
}

/** Sends a fixture and waits for its case; the desk has to be at work. */
export async function sendToCase(
  desk: Desk,
  key: string,
  changes: Readonly<Record<string, unknown>> = {},
  sender?: string,
): Promise<Sent> {
  const notice = noticeOf(key, changes)
  const accepted = await desk.hotline.send(notice, sender === undefined ? {} : { iss: sender })
  return { accepted, record: await readyCaseOf(desk, accepted) }
}

/** Gives every fictional sender the key of the desk's hotline, so that it can speak for all. */
export async function lendKey(desk: Desk): Promise<void> {
  const { ctx } = desk.madoguchi.internals
  for (const { id } of fixtureSenders)
    if ((await ctx.read.find('senderKey', { senderId: id })).length === 0)
      await registerKey(ctx, SYSTEM, id, publicJwk(desk.keys.hotline))
}

let commands = 0
type Wish = Partial<DecideCommand> & { readonly actions: DecideCommand['actions'] }

/** Claims a case and decides it, by one person. */
export async function decide(
  desk: Desk,
  { id }: Pick<CaseRecord, 'id'>,
  by: DecidedBy,
  wish: Wish,
): Promise<CaseAnswer> {
  const { cases, internals } = desk.madoguchi
  const claimed = await cases.claim(id, by)
  if (!claimed.ok) return claimed
  const expectedVersion = (await internals.ctx.read.get('case', { id }))?.version ?? 0
  commands += 1
  return cases.decide(id, { commandId: `law-${commands}`, expectedVersion, by, ...wish })
}

/** Whether a command was done, else why not. */
export const codeOf = (answer: CaseAnswer): string => (answer.ok ? 'ok' : answer.refusal.code)

/** The code with which something throws; fails where it doesn't. */
export async function thrown(doing: Promise<unknown>): Promise<ErrorCode> {
  const fault: unknown = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (fault instanceof MadoguchiError) return fault.code
  throw new Error('expected an error of the catalogue', { cause: fault })
}

/** The newest outcome of a notice, once there is one. */
export function outcomeFor(desk: Desk, { id }: Pick<Acceptance, 'id'>): Promise<OutcomeRecord> {
  const { read } = desk.madoguchi.internals.ctx
  return until(
    async () =>
      (
        await read.find(
          'outcome',
          { noticeId: id },
          { orderBy: 'revision', descending: true, limit: 1 },
        )
      )[0],
  )
}

/** What an outcome says, its signature and schema checked as a sender does. */
export function claimsOf(desk: Desk, { jws }: Pick<OutcomeRecord, 'jws'>): OutcomeClaims {
  const keys = [desk.madoguchi.internals.ctx.signer.publicJwk]
  return validateAgainst('outcome', verifyOurs(jws, TOKEN_TYPES.outcome, { keys }))
}

/** An endpoint of nobody: takes every push and keeps where it went and what it said. */
export interface KeptPosts extends OutcomeTransport {
  readonly posts: { readonly url: string; readonly body: string }[]
}

export function keptPosts(): KeptPosts {
  const posts: KeptPosts['posts'] = []
  return {
    posts,
    refuse: () => undefined,
    post: ({ url, body }) => {
      posts.push({ url, body: new TextDecoder().decode(body) })
      return Promise.resolve({ kind: 'answered', status: 204, body: new Uint8Array() })
    },
  }
}

/** An object but for some of its members. */
export function without<T extends object, K extends keyof T>(
  value: T,
  ...names: readonly K[]
): Omit<T, K> {
  const dropped: readonly PropertyKey[] = names
  const kept = Object.entries(value).filter(([name]) => !dropped.includes(name))
  return Object.fromEntries(kept) as Omit<T, K>
}

/** Every member name inside a JSON value. */
export function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries<unknown>({ ...value }).flatMap(([name, each]) => [name, ...namesIn(each)])
}

/** Every member name that a JSON Schema lets through. */
export function namesOfSchema(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesOfSchema)
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries<unknown>({ ...schema }).flatMap(([name, each]) =>
    name === 'properties' && typeof each === 'object' && each !== null
      ? [...Object.keys(each), ...Object.values<unknown>({ ...each }).flatMap(namesOfSchema)]
      : namesOfSchema(each),
  )
}

/** The desk's routers as a platform mounts them: `/madoguchi`, `/staff`, `/ops`. */
export function web({ madoguchi }: Desk): Express {
  const { ctx, store } = madoguchi.internals
  return express()
    .use('/madoguchi', createSenderRouter(ctx))
    .use('/staff', createOperatorRouter(ctx))
    .use('/ops', createOpsRouter({ ctx, store }))
}
