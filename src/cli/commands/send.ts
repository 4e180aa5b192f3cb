import { readFileSync } from 'node:fs'
import type { Command } from '../command.ts'
import { findDesk } from '../hotline/desk-directory.ts'
import { publicJwkOf, readPrivateKey } from '../key-files.ts'
import { pollAndCheck } from '../poll-and-check.ts'
import { sendAndCheck } from '../send-and-check.ts'

/** Sends a notice of one's own, as a sender's client does. */
export const SEND: Command = {
  name: 'send',
  operands: ['FILE'],
  options: {
    to: { value: 'URL', text: { ja: '窓口の URL', en: 'URL of the desk' } },
    key: { value: 'PEM', text: { ja: '秘密鍵のファイル', en: 'File with the private key' } },
    iss: { value: 'ID', text: { ja: '登録した通知元の識別子', en: 'Identifier of the sender' } },
    kid: {
      value: 'KID',
      text: { ja: '鍵の名前（既定は鍵の指紋）', en: 'Key id (default: the thumbprint of the key)' },
    },
    alg: {
      value: 'RS256|PS256',
      text: {
        ja: 'RSA の鍵で使う方式（登録したもの。既定 RS256）',
        en: 'What an RSA key is registered for (default RS256)',
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
    const body = new Uint8Array(readFileSync(flags.operand(0, 'FILE')))
    const privateKey = readPrivateKey(flags.need('key'))
    const rsaAlgorithm = flags.oneOf('alg', ['RS256', 'PS256'], 'RS256')
    const kid = flags.text('kid') ?? String(publicJwkOf(privateKey)['kid'])
    const identity = { issuer: flags.need('iss'), kid, privateKey, rsaAlgorithm }
    const seconds = flags.integer('poll', 0, 86_400, 0)
    const desk = await findDesk(flags.need('to'))
    const { holds, notice } = await sendAndCheck(out, { desk, identity, body, faults: {} })
    if (!holds || notice === null) return 1
    if (seconds === 0) return 0
    return (await pollAndCheck(out, { desk, identity, sent: notice, seconds })) ? 0 : 1
  },
}
