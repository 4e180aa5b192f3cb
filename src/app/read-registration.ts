import { reviewItems, type ReviewItem } from '../core/accreditation.ts'
import { CONTEST, FAULT_SENTENCES, type Quality, type QualityFault } from '../core/quality.ts'
import type { Sender } from '../core/sender.ts'
import { dayInJapan, MINUTE } from '../core/time.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { AppContext } from './context.ts'
import { readQuality } from './read-quality.ts'

/** What a sender is shown of itself: how it is registered, why, and what could be better; no word of others. */
export interface OwnRegistration extends Sender {
  /** Who gets this tier, as it is published. */
  readonly tierCriteria: Bilingual
  readonly ownGoalMinutes: number
  readonly band0GoalMinutes: number
  /** What of the registration should be brought up to date. */
  readonly review: readonly ReviewItem[]
  readonly quality: Quality & {
    readonly faults: readonly (Bilingual & { readonly fault: QualityFault })[]
    readonly contest: Bilingual
  }
}

/** 登録の内容: for the sender itself and nobody else (M-15). */
export async function readRegistration(
  ctx: AppContext,
  senderId: string,
): Promise<OwnRegistration> {
  const { read, clock, config } = ctx
  const sender = await read.get('sender', { id: senderId })
  if (sender === undefined) throw new MadoguchiError('not_found')
  const now = clock.now()
  const quality = await readQuality(read, senderId, now)
  const faults = Object.entries(FAULT_SENTENCES).map(([fault, sentence]) => ({
    fault: fault as QualityFault,
    ...sentence,
  }))
  return {
    ...sender,
    tierCriteria: config.procedures.tierCriteria[sender.tier],
    ownGoalMinutes: config.ownGoalMs[sender.tier] / MINUTE,
    band0GoalMinutes: config.band0GoalMs / MINUTE,
    review: reviewItems(sender, dayInJapan(now)),
    quality: { ...quality, faults, contest: CONTEST },
  }
}
