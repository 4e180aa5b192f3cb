import { canonicalJson } from '../core/canonical-json.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import type { Transaction } from '../ports/record-store.ts'
import { sha256Base64url } from '../signing/sha256.ts'

/** Makes a retry with the same id and content get the same answer. */
export interface Once {
  readonly commandId: string
  readonly content: unknown
}

const contentHash = ({ content }: Once): string =>
  sha256Base64url(canonicalJson(JSON.parse(JSON.stringify(content))))

/**
 * What the command was answered before; to be cast to what {@link keepAnswer} was given.
 *
 * @throws MadoguchiError `command_id_reused`.
 */
export async function answeredBefore(tx: Transaction, once: Once): Promise<unknown> {
  const before = await tx.get('command', { commandId: once.commandId })
  if (before === undefined) return undefined
  if (before.contentSha256 !== contentHash(once)) throw new MadoguchiError('command_id_reused')
  return JSON.parse(before.answer)
}

/** Keeps the answer of a command in the transaction that carries it out. */
export async function keepAnswer(
  tx: Transaction,
  once: Once,
  answer: unknown,
  at: number,
): Promise<void> {
  await tx.insert('command', {
    commandId: once.commandId,
    contentSha256: contentHash(once),
    answer: JSON.stringify(answer),
    at,
  })
}
