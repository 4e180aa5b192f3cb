import { canonicalJson } from '../core/canonical-json.ts'
import type { Sender } from '../core/sender.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { fromSender, toSender, type SenderView } from '../schema/to-core.ts'
import { validateSender } from '../schema/validate.ts'
import { requirePermission, type Actor } from './actor.ts'
import { administrativeEvent } from './administrative-event.ts'
import type { AppContext } from './context.ts'
import { breakerLock, senderLock } from './locks.ts'
import { omit } from './omit.ts'
import { checkEndpoint } from './register-sender.ts'

/** What may change; `id` and `type` say who it is. */
const CHANGEABLE: ReadonlySet<string> = new Set([
  'name',
  'tier',
  'tier_reason',
  'nature',
  'nature_reason',
  'nature_document',
  'commission',
  'accreditation',
  'criteria',
  'statutes_in_charge',
  'licensing_powers',
  'scope',
  'agreed_rate_per_day',
  'agreed_band0_rate_per_day',
  'callback_url',
  'state',
])

/**
 * Changes a registration: suspends or activates it, or another tier, rate, scope, endpoint, nature.
 * Orders that were given are never recomputed.
 *
 * @param input Members of `sender.schema.json` that change, or `state`; unchecked.
 * @throws MadoguchiError `not_allowed`, `not_found`, `invalid_input`, `endpoint_refused`, `already` where
 *   nothing changes.
 */
export async function changeSender(
  ctx: AppContext,
  actor: Actor,
  senderId: string,
  input: unknown,
): Promise<Sender> {
  requirePermission(actor, 'senders.write')
  const patch = readPatch(input)
  const { result } = await ctx.committer.submit({
    name: 'sender.change',
    bytes: 2_048,
    locks: [senderLock(senderId), breakerLock(senderId)],
    run: async (tx) => {
      const before = await tx.get('sender', { id: senderId })
      if (before === undefined) throw new MadoguchiError('not_found')
      const after = applyPatch(before, patch)
      if (after.callbackUrl !== before.callbackUrl) {
        checkEndpoint(ctx, after.callbackUrl)
        // What was noted is that of the endpoint before.
        await tx.delete('breaker', { senderId })
      }
      const changes = difference(fromSender(before), fromSender(after))
      if (Object.keys(changes).length === 0) throw new MadoguchiError('already')
      await tx.put('sender', after)
      const detail = {
        sender: senderId,
        changes,
        nature_reason: patch['nature_reason'] ?? null,
        nature_document: patch['nature_document'] ?? null,
      }
      const facts = { sender: senderId, detail }
      return { result: after, events: [administrativeEvent(ctx, actor, 'sender.changed', facts)] }
    },
  })
  return result
}

type Patch = Readonly<Record<string, unknown>>

function readPatch(input: unknown): Patch {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refuse('', 'type')
  const patch: Patch = { ...input }
  if (Object.keys(patch).some((name) => !CHANGEABLE.has(name)))
    throw refuse('', 'additionalProperties')
  return patch
}

/** The registration as if it were made anew with the change; so every rule of registering holds. */
function applyPatch(before: Sender, patch: Patch): Sender {
  const document = omit(fromSender(before), 'state', 'created_at')
  const { state = before.state, ...members } = patch
  if (state !== 'active' && state !== 'suspended') throw refuse('/state', 'enum')
  const merged = validateSender({ ...document, ...members })
  const isNewNature = merged.nature !== before.nature
  // A nature that stays needs no new reason; toSender asks for one wherever it isn't the default.
  const reasons = isNewNature ? {} : { nature_reason: '-', nature_document: '-' }
  return { ...toSender({ ...merged, ...reasons }, before.createdAt), state }
}

function difference(before: SenderView, after: SenderView): Record<string, unknown> {
  const text = (value: unknown): string => new TextDecoder().decode(canonicalJson(value ?? null))
  const was = new Map<string, unknown>(Object.entries(before))
  const is: [string, unknown][] = Object.entries(after)
  return Object.fromEntries(
    is
      .filter(([name, value]) => text(value) !== text(was.get(name)))
      .map(([name, value]) => [name, { from: was.get(name) ?? null, to: value }]),
  )
}

function refuse(pointer: string, keyword: string): MadoguchiError {
  return new MadoguchiError('invalid_input', { errors: [{ pointer, keyword }] })
}
