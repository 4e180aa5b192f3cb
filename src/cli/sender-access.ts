import type { OptionSpecs } from './command.ts'
import type { Flags } from './flags.ts'
import { findDesk, type DeskDirectory } from './hotline/desk-directory.ts'
import type { HotlineIdentity } from './hotline/hotline-client.ts'
import { publicJwkOf, readPrivateKey } from './key-files.ts'

/** Options of every command that acts as a sender. */
export const SENDER_OPTIONS = {
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
} as const satisfies OptionSpecs

/** Which desk, and who signs. */
export async function senderFrom(
  flags: Flags,
): Promise<{ readonly desk: DeskDirectory; readonly identity: HotlineIdentity }> {
  const privateKey = readPrivateKey(flags.need('key'))
  const rsaAlgorithm = flags.oneOf('alg', ['RS256', 'PS256'], 'RS256')
  const kid = flags.text('kid') ?? String(publicJwkOf(privateKey)['kid'])
  const identity = { issuer: flags.need('iss'), kid, privateKey, rsaAlgorithm }
  return { identity, desk: await findDesk(flags.need('to')) }
}
