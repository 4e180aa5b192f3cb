import { activateKey } from '../../app/activate-key.ts'
import type { Actor } from '../../app/actor.ts'
import type { AppContext } from '../../app/context.ts'
import { retireKey } from '../../app/retire-key.ts'
import { revokeKey } from '../../app/revoke-key.ts'
import type { SenderKey } from '../../core/sender.ts'
import type { Bilingual } from '../../core/vocabulary.ts'
import type { Call, Command, ExitCode, OptionSpecs } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Output } from '../output.ts'
import { word } from '../words.ts'

/** A registered key as the wire has it. */
export interface KeyOnWire {
  readonly kid: string
  readonly alg: string
  readonly state: string
  readonly created_at: string
  readonly not_before: string | null
  readonly retire_at: string | null
}

/** One step in the life of a key. */
interface Step {
  readonly verb: string
  readonly noun: string
  readonly summary: Bilingual
  readonly options?: OptionSpecs
  /** `undefined`: the request carries nothing. */
  readonly body?: (call: Call) => object
  readonly run: (
    ctx: AppContext,
    actor: Actor,
    sender: string,
    kid: string,
    body: unknown,
  ) => Promise<SenderKey>
}

/** Steps forward in the life of a sender's key: none leads back. */
export const KEY_STEPS: readonly Command[] = [
  step({
    verb: 'activate',
    noun: 'activation',
    summary: {
      ja: '有効化前の鍵を有効にする（ほかの鍵は変わらない）',
      en: 'Activate a pending key (other keys stay as they are)',
    },
    run: activateKey,
  }),
  step({
    verb: 'retire',
    noun: 'retirement',
    options: {
      until: {
        value: 'TIME',
        text: {
          ja: 'この日時まで使える（RFC 3339、UTC）',
          en: 'It signs until then (RFC 3339, UTC)',
        },
      },
    },
    body: ({ flags }) => {
      const until = flags.text('until')
      return until === undefined ? {} : { retire_at: until }
    },
    summary: {
      ja: '鍵の更新を始める（有効期限又は失効まで使える）',
      en: 'Mark a key as on its way out (it signs until then, or until it is revoked)',
    },
    run: retireKey,
  }),
  step({
    verb: 'revoke',
    noun: 'revocation',
    summary: {
      ja: '通知元の鍵を失効させる（元に戻せない。受付済みのものは有効）',
      en: 'Revoke a key of a sender, for good (what was accepted stands)',
    },
    run: revokeKey,
  }),
]

function step({ verb, noun, summary, options = {}, body, run }: Step): Command {
  return {
    name: `keys ${verb}`,
    operands: ['SENDER', 'KID'],
    options: { ...options, ...ACCESS_OPTIONS },
    summary,
    run: async (call: Call): Promise<ExitCode> => {
      const { flags, out } = call
      const sender = flags.operand(0, 'SENDER')
      const kid = flags.operand(1, 'KID')
      const given = body?.(call)
      const key = (await onDesk(call, {
        devOperator: 'admin',
        isForSystem: true,
        method: 'POST',
        path: `/v1/senders/${encodeURIComponent(sender)}/keys/${encodeURIComponent(kid)}/${noun}`,
        ...(given === undefined ? {} : { body: given }),
        run: (ctx, actor) => run(ctx, actor, sender, kid, given),
      })) as KeyOnWire
      out.result(key, () => {
        out.say(`${key.kid}  ${keyStateText(out, key)}`)
      })
      return 0
    },
  }
}

/** The word for the state of a key; an action that is pending is another thing. */
export function keyStateText(out: Output, { state }: KeyOnWire): string {
  return word(out, state === 'pending' ? 'key_pending' : state)
}
