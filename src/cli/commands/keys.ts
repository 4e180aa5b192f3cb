import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSender } from '../../app/read-senders.ts'
import { registerKey } from '../../app/register-key.ts'
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../../core/sender.ts'
import { fromSender } from '../../schema/to-core.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { ACCESS_OPTIONS, onDesk } from '../desk-access.ts'
import type { Flags } from '../flags.ts'
import { publicJwkOf, writeNewKey } from '../key-files.ts'
import type { Output } from '../output.ts'
import { readJsonFile } from '../read-json-file.ts'
import { timeForPeople } from '../words.ts'
import { KEY_STEPS, keyStateText, type KeyOnWire } from './key-steps.ts'

const ADMIN = { devOperator: 'admin', isForSystem: true } as const

/** Keys: the desk's own, and the public ones of senders. */
export const KEYS: readonly Command[] = [
  {
    name: 'keys generate',
    options: {
      out: { value: 'DIR', text: { ja: '鍵を書き込むフォルダ', en: 'Folder for the key files' } },
      sender: {
        text: {
          ja: '窓口の鍵ではなく、通知元の鍵を作る',
          en: "Make a sender's key, not the desk's",
        },
      },
      alg: {
        value: SIGNING_ALGORITHMS.join('|'),
        text: {
          ja: '--sender の鍵の方式（既定 ES256）',
          en: 'Algorithm of the key of --sender (default ES256)',
        },
      },
    },
    summary: {
      ja: '秘密鍵をファイルに作る（表示はしない）。窓口: 署名用と台帳用。--sender: 通知元用',
      en: 'Make private keys in files (never shown). Desk: one to sign, one for the log. --sender: for a sender',
    },
    run: (call) => Promise.resolve(generate(call)),
  },
  {
    name: 'keys add',
    operands: ['SENDER', 'JWK_FILE'],
    options: {
      'not-before': {
        value: 'TIME',
        text: {
          ja: 'この日時から有効にする（RFC 3339、UTC）',
          en: 'Active from this time on (RFC 3339, UTC)',
        },
      },
      pending: {
        text: {
          ja: '有効にする操作（keys activate）を待つ',
          en: 'Not active until keys activate',
        },
      },
      ...ACCESS_OPTIONS,
    },
    summary: {
      ja: '通知元の公開鍵（JWK）を登録する',
      en: 'Register a public key (JWK) of a sender',
    },
    run: addKey,
  },
  {
    name: 'keys list',
    operands: ['SENDER'],
    options: ACCESS_OPTIONS,
    summary: { ja: '通知元の鍵の一覧', en: 'List the keys of a sender' },
    run: listKeys,
  },
  ...KEY_STEPS,
]

function generate({ flags, out }: Call): ExitCode {
  const folder = flags.need('out')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const alg = flags.oneOf('alg', SIGNING_ALGORITHMS, 'ES256')
  return flags.is('sender') ? generateForSender(folder, alg, out) : generateForDesk(folder, out)
}

function generateForDesk(folder: string, out: Output): ExitCode {
  const signing = join(folder, 'signing-key.pem')
  const log = join(folder, 'log-key.pem')
  writeNewKey(signing, 'ES256')
  writeNewKey(log, 'EdDSA')
  out.result({ MADOGUCHI_SIGNING_KEY_FILE: signing, MADOGUCHI_LOG_KEY_FILE: log }, () => {
    out.say({
      ja: '鍵を作りました。台帳の鍵は、運用を始めたら変えられません。控えを安全な場所に保管してください。\n環境変数:',
      en: 'Keys made. The log key can never change once the desk is in use: keep a copy in a safe place.\nSettings:',
    })
    out.say(`MADOGUCHI_SIGNING_KEY_FILE=${signing}`)
    out.say(`MADOGUCHI_LOG_KEY_FILE=${log}`)
  })
  return 0
}

function generateForSender(folder: string, alg: SigningAlgorithm, out: Output): ExitCode {
  const path = join(folder, 'sender-key.pem')
  const jwkPath = join(folder, 'sender-key.jwk.json')
  const jwk = publicJwkOf(writeNewKey(path, alg), alg === 'PS256' ? alg : 'RS256')
  writeFileSync(jwkPath, `${JSON.stringify(jwk, null, 2)}\n`)
  out.result({ private_key_file: path, public_key_file: jwkPath, kid: jwk['kid'] }, () => {
    out.facts([
      [{ ja: '秘密鍵（渡さない）', en: 'private key (keep)' }, path],
      [{ ja: '公開鍵（窓口に渡す）', en: 'public key (hand over)' }, jwkPath],
      [{ ja: '鍵の名前（kid）', en: 'key id (kid)' }, String(jwk['kid'])],
    ])
  })
  return 0
}

async function addKey(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const sender = flags.operand(0, 'SENDER')
  const body = withStart(readJsonFile(flags.operand(1, 'JWK_FILE')), flags)
  const key = (await onDesk(call, {
    ...ADMIN,
    method: 'POST',
    path: `/v1/senders/${encodeURIComponent(sender)}/keys`,
    body,
    run: (ctx, actor) => registerKey(ctx, actor, sender, body),
  })) as KeyOnWire
  out.result(key, () => {
    out.say({ ja: `鍵を登録しました: ${key.kid}`, en: `Key registered: ${key.kid}` })
  })
  return 0
}

/** The key, and from when it may sign. */
function withStart(jwk: unknown, flags: Flags): unknown {
  const notBefore = flags.text('not-before')
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return jwk
  if (notBefore !== undefined) return { ...jwk, not_before: notBefore }
  return flags.is('pending') ? { ...jwk, not_before: null } : jwk
}

async function listKeys(call: Call): Promise<ExitCode> {
  const { flags, out } = call
  const id = flags.operand(0, 'SENDER')
  const { keys } = (await onDesk(call, {
    ...ADMIN,
    method: 'GET',
    path: `/v1/senders/${encodeURIComponent(id)}`,
    run: async (ctx, actor) => {
      const found = await readSender(ctx, actor, id)
      return { ...fromSender(found.sender), keys: found.keys }
    },
  })) as { readonly keys: readonly KeyOnWire[] }
  out.result({ items: keys }, () => {
    printKeys(out, keys)
  })
  return 0
}

/** A table of keys. */
export function printKeys(out: Output, keys: readonly KeyOnWire[]): void {
  if (keys.length === 0) {
    out.say({ ja: '登録された鍵はありません。', en: 'No key is registered.' })
    return
  }
  out.table<KeyOnWire>(
    [
      { title: { ja: '鍵の名前（kid）', en: 'kid' }, text: ({ kid }) => kid },
      { title: { ja: '方式', en: 'alg' }, text: ({ alg }) => alg },
      { title: { ja: '状態', en: 'state' }, text: (key) => keyStateText(out, key) },
      {
        title: { ja: '登録日時', en: 'registered' },
        text: ({ created_at }) => timeForPeople(out, created_at),
      },
      { title: { ja: '開始／終了', en: 'from / until' }, text: (key) => changeOf(out, key) },
    ],
    keys,
  )
}

/** When its state changes by itself. */
function changeOf(out: Output, { state, not_before, retire_at }: KeyOnWire): string {
  if (state === 'pending') return timeForPeople(out, not_before)
  return state === 'retiring' ? timeForPeople(out, retire_at) : '—'
}
