import type { Sender, SenderKey } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Diagnosis } from '../core/refusal-count.ts'
import { requirePermission, type Actor } from './actor.ts'
import type { AppContext } from './context.ts'

/** A registration with its public keys. */
export interface SenderWithKeys {
  readonly sender: Sender
  readonly keys: readonly SenderKey[]
}

/** Every registered sender, in order of its id. */
export async function readSenders(ctx: AppContext, actor: Actor): Promise<Sender[]> {
  requirePermission(actor, 'senders.read')
  return ctx.read.find('sender', {})
}

/** @throws MadoguchiError `not_allowed`, `not_found`. */
export async function readSender(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
): Promise<SenderWithKeys> {
  requirePermission(actor, 'senders.read')
  const sender = await ctx.read.get('sender', { id: senderId })
  if (sender === undefined) throw new MadoguchiError('not_found')
  return { sender, keys: await ctx.read.find('senderKey', { senderId }) }
}

/** What went wrong with its latest refused requests, newest first: for mending its client (law 16). */
export async function readDiagnoses(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
): Promise<Omit<Diagnosis, 'senderId' | 'slot'>[]> {
  requirePermission(actor, 'senders.read')
  const rows = await ctx.read.find('diagnosis', { senderId }, { orderBy: 'at', descending: true })
  return rows.map(({ at, code, kid, skewMs, bytes }) => ({ at, code, kid, skewMs, bytes }))
}
