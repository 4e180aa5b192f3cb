import { isErrorCode, MadoguchiError } from '../errors/madoguchi-error.ts'
import { CommandFault } from './usage-error.ts'

/** One call of the operators' side, relative to the public URL. */
export interface DeskRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: unknown
}

/**
 * Calls a running desk with an operator's token.
 *
 * @returns the JSON of the answer.
 * @throws MadoguchiError with the code of the answer; CommandFault where no desk answers.
 */
export async function callDesk(
  publicUrl: string,
  token: string,
  { method, path, body }: DeskRequest,
): Promise<unknown> {
  const response = await fetch(`${publicUrl.replace(/\/+$/, '')}${path}`, {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => undefined)
  const answer: unknown = await response?.json().catch(() => undefined)
  if (response === undefined || answer === undefined) throw unreachable()
  if (response.ok) return answer
  throw problemOf(answer)
}

function problemOf(answer: unknown): MadoguchiError | CommandFault {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return unreachable()
  const { code } = answer
  if (typeof code !== 'string' || !isErrorCode(code)) return unreachable()
  const errors = 'errors' in answer && Array.isArray(answer.errors) ? answer.errors : []
  return new MadoguchiError(code, {
    errors: errors.filter(isInputFault),
  })
}

function isInputFault(value: unknown): value is { pointer: string; keyword: string } {
  if (typeof value !== 'object' || value === null) return false
  const { pointer, keyword } = value as Readonly<Record<string, unknown>>
  return typeof pointer === 'string' && typeof keyword === 'string'
}

function unreachable(): CommandFault {
  return new CommandFault(
    'desk_unreachable',
    'その URL の窓口から、読み取れる応答がありません。URL（マウント先のパスを含む）を確認してください。',
    'No readable answer from a desk at that URL. Check it, with its mount path.',
  )
}
