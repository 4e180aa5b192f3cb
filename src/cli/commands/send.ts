import { readFileSync } from 'node:fs'
import { parseStrictJson, isJsonObject } from '../../signing/strict-json.ts'
import type { Command } from '../command.ts'
import { pollAndCheck } from '../poll-and-check.ts'
import { sendAndCheck } from '../send-and-check.ts'
import { SENDER_OPTIONS, senderFrom } from '../sender-access.ts'

/** Sends a notice of one's own, as a sender's client does. */
export const SEND: Command = {
  name: 'send',
  operands: ['FILE'],
  options: {
    ...SENDER_OPTIONS,
    supersedes: {
      value: 'ID',
      text: {
        ja: '差し替える前の通知の識別子（自らのもの又は当社のもの。ファイルの id は新しいものに）',
        en: 'The notice that this one supersedes, by your id or ours (the file has a new id)',
      },
    },
    poll: {
      value: 'SECONDS',
      text: {
        ja: '対応結果を、この秒数まで照会して待つ（送付先は要らない）',
        en: 'Then poll for the outcome, this long at most (no endpoint needed)',
      },
    },
  },
  summary: {
    ja: '通知元として通知に署名して送り、受領証と台帳の証明を公開鍵だけで確かめる',
    en: 'Sign and send a notice as its sender, then check receipt and ledger proof with public keys alone',
  },
  run: async ({ flags, out }) => {
    const body = bodyOf(flags.operand(0, 'FILE'), flags.text('supersedes'))
    const seconds = flags.integer('poll', 0, 86_400, 0)
    const { desk, identity } = await senderFrom(flags)
    const { holds, notice } = await sendAndCheck(out, { desk, identity, body, faults: {} })
    if (!holds || notice === null) return 1
    if (seconds === 0) return 0
    return (await pollAndCheck(out, { desk, identity, sent: notice, seconds })) ? 0 : 1
  },
}

/** The bytes of the file; only what is to supersede is written anew. */
function bodyOf(file: string, supersedes: string | undefined): Uint8Array {
  const bytes = new Uint8Array(readFileSync(file))
  if (supersedes === undefined) return bytes
  const notice = parseStrictJson(bytes)
  const members = isJsonObject(notice) ? notice : {}
  return new TextEncoder().encode(JSON.stringify({ ...members, supersedes }))
}
