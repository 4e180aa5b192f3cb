import { loadConfig, requireSite } from '../../config/config.ts'
import type { GivenSettings } from '../../config/env.ts'
import { auditLog, type AuditResult } from '../../ledger/audit.ts'
import { auditSourceOf } from '../../ledger/audit-source.ts'
import { parseVkey, verifierKeyOf, type VerifierKey } from '../../ledger/note.ts'
import { placeOf, readStore } from '../../open-store.ts'
import { StoreUnavailable } from '../../ports/record-store.ts'
import { createKeySigner } from '../../signing/key-signer.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { withStore } from '../desk-access.ts'
import { DevFolder } from '../dev-folder.ts'
import type { Flags } from '../flags.ts'
import type { Output } from '../output.ts'
import { CommandFault, UsageError } from '../usage-error.ts'

const DEV = {
  dev: { text: { ja: '開発用の窓口（./.madoguchi）', en: 'The development desk (./.madoguchi)' } },
} as const
const URL_OPTION = {
  url: { value: 'URL', text: { ja: '動いている窓口の URL', en: 'URL of a running desk' } },
} as const

/** 記録台帳: what can be checked of it. */
export const LEDGER: readonly Command[] = [
  {
    name: 'ledger verify',
    options: {
      vkey: {
        value: 'VKEY',
        text: {
          ja: '手元に控えた台帳の公開鍵（既定は設定の台帳の鍵）',
          en: 'Public key of the log from your own notes (default: that of the settings)',
        },
      },
      ...DEV,
    },
    summary: {
      ja: '台帳をはじめから読み直して検証し、合わない最初の記載を示す（窓口が動いていてもよい）',
      en: 'Re-read and verify the whole ledger and name the first entry that does not match (the desk may be running)',
    },
    run: verify,
  },
  {
    name: 'ledger proof',
    operands: ['INDEX'],
    options: { ...URL_OPTION, ...DEV },
    summary: {
      ja: '記載の証明（tlog-proof）を表示する',
      en: 'Print the inclusion proof of an entry (tlog-proof)',
    },
    run: async (call: Call): Promise<ExitCode> => {
      const index = call.flags.operand(0, 'INDEX')
      if (!/^(0|[1-9]\d{0,14})$/.test(index))
        throw new UsageError('INDEX は 0 以上の整数です。', 'INDEX is a whole number from 0.')
      return printText(call, `/v1/ledger/entries/${index}/proof`, Number(index))
    },
  },
  {
    name: 'ledger checkpoint',
    options: { ...URL_OPTION, ...DEV },
    summary: {
      ja: '署名付きの確認点（チェックポイント）を表示する',
      en: 'Print the signed checkpoint',
    },
    run: (call: Call): Promise<ExitCode> => printText(call, '/v1/ledger/checkpoint', undefined),
  },
]

async function verify({ flags, out }: Call): Promise<ExitCode> {
  const { config, secrets } = loadConfig(given(settingsFor(flags)))
  const origin = `${new URL(requireSite(config).issuer).host}/madoguchi/1`
  const known = flags.text('vkey')
  const own =
    secrets.logKey === null ? undefined : verifierKeyOf(createKeySigner(secrets.logKey), origin)
  const key: VerifierKey | undefined = known === undefined ? own : parseVkey(known)
  if (key === undefined)
    throw new UsageError(
      '台帳の公開鍵が必要です。--vkey か MADOGUCHI_LOG_KEY を指定してください。',
      'The public key of the log is needed: give --vkey or MADOGUCHI_LOG_KEY.',
    )
  const result = await readStore(placeOf({ config, secrets }), ({ read }) =>
    auditLog(auditSourceOf(read), { origin: key.name, keys: [key] }),
  )
  tellAudit(out, result)
  return result.ok ? 0 : 1
}

/** Says what a verification found. */
export function tellAudit(out: Output, result: AuditResult): void {
  out.result(result, () => {
    if (result.ok) {
      out.say({
        ja: `台帳は一貫しています。記載 ${result.size} 件と、署名付きの確認点 ${result.checkpoints} 件を読み直し、すべて合いました。`,
        en: `The ledger is consistent: ${result.size} entries and ${result.checkpoints} signed checkpoints were re-read, and all of them match.`,
      })
      return
    }
    const { what, index, size } = result
    const place = index === undefined ? (size === undefined ? '' : ` @${size}`) : ` #${index}`
    out.say({
      ja: `台帳が合いません: ${what}${place}（合わない最初の箇所）`,
      en: `The ledger is not consistent: ${what}${place} (the first place that does not match)`,
    })
  })
}

/** A text of the log: from a running desk, or made from the store. */
async function printText(
  { flags, out }: Call,
  path: string,
  index: number | undefined,
): Promise<ExitCode> {
  const url = flags.text('url')
  const text =
    url === undefined ? await textOfStore(flags, path, index) : await fetchText(url, path)
  out.result({ text }, () => {
    out.say(text.trimEnd())
  })
  return 0
}

async function textOfStore(flags: Flags, path: string, index: number | undefined): Promise<string> {
  try {
    return await withStore(settingsFor(flags), async ({ internals: { ctx } }) => {
      const { size, root } = await ctx.ledger.head()
      if (index === undefined) return ctx.ledger.checkpoint(size, root)
      if (index >= size) throw noSuchEntry()
      return ctx.ledger.proof(index, { size, root })
    })
  } catch (fault) {
    const isHeld = fault instanceof StoreUnavailable && fault.reason === 'locked_by_other_process'
    if (!isHeld || !flags.is('dev')) throw fault
    return fetchText(new DevFolder().publicUrl, path)
  }
}

async function fetchText(url: string, path: string): Promise<string> {
  const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, { redirect: 'error' }).catch(
    () => undefined,
  )
  if (response?.ok === true) return response.text()
  if (response?.status === 404) throw noSuchEntry()
  throw new CommandFault(
    'desk_unreachable',
    'その URL の窓口から、読み取れる応答がありません。',
    'No readable answer from a desk at that URL.',
  )
}

function noSuchEntry(): CommandFault {
  return new CommandFault(
    'not_found',
    'その番号の記載は、まだ台帳にありません。',
    'The ledger has no entry of that index yet.',
  )
}

function settingsFor(flags: Flags): GivenSettings | undefined {
  if (!flags.is('dev')) return undefined
  const folder = new DevFolder().require()
  return folder.settings(folder.publicUrl)
}

const given = (settings: GivenSettings | undefined): { given?: GivenSettings } =>
  settings === undefined ? {} : { given: settings }
