import { existsSync, readFileSync } from 'node:fs'
import { loadConfig } from '../../config/config.ts'
import { SecretText } from '../../config/secret-text.ts'
import { locate } from '../../config/store-setting.ts'
import { auditSourceOf } from '../../ledger/audit-source.ts'
import { emptyRoot, sameBytes } from '../../ledger/merkle.ts'
import { rootOfEntries } from '../../ledger/root-of-entries.ts'
import { moveStore, readStore } from '../../open-store.ts'
import type { Reader } from '../../ports/record-store.ts'
import { PRIMARY_KEYS, type TableName } from '../../ports/record-tables.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { DevFolder } from '../dev-folder.ts'
import type { Flags } from '../flags.ts'
import { CommandFault, UsageError } from '../usage-error.ts'

/** From the embedded store to PostgreSQL. */
export const DB_MOVE: Command = {
  name: 'db move',
  options: {
    to: {
      value: 'URL',
      text: {
        ja: '移行先。postgres://…（ほかの利用者に見えることがあるため、ファイルを推奨）',
        en: 'Where to: postgres://… (others on this machine may see it; prefer the file)',
      },
    },
    'to-file': {
      value: 'FILE',
      text: { ja: '移行先の URL を書いたファイル', en: 'File with the URL' },
    },
    dev: {
      text: { ja: '開発用の窓口（./.madoguchi）', en: 'The development desk (./.madoguchi)' },
    },
  },
  summary: {
    ja: '窓口を止めて、SQLite の記録を空の PostgreSQL へ移し、台帳のルートハッシュを照合する（合わなければ何も残さない）',
    en: 'With the desk stopped, move the record from SQLite into an empty PostgreSQL and compare the root of the ledger (on a difference nothing stands)',
  },
  run: move,
}

async function move({ flags, out }: Call): Promise<ExitCode> {
  const { store } = loadConfig(sourceOf(flags)).config
  if (store.kind !== 'sqlite')
    throw new UsageError(
      'MADOGUCHI_STORE が、移行元の sqlite:パス を指していません。',
      'MADOGUCHI_STORE does not name the sqlite:PATH to move.',
    )
  if (!existsSync(store.path))
    throw new CommandFault('no_store', '移行元の保存先がありません。', 'There is no store to move.')
  const stands = await moveStore(
    store,
    { kind: 'postgres', url: targetOf(flags) },
    async (source, target) => {
      const written = await rootOfEntries(auditSourceOf(target))
      return (await hasSameRows(source, target)) && (await isHeadOf(source, written))
    },
  )
  if (!stands)
    throw new CommandFault(
      'copy_differs',
      '移した記録又は台帳のルートハッシュが、移行元と合いません。移行先には何も残していません。ledger verify で移行元を調べてください。',
      'Rows or the root of the ledger differ from the source. Nothing stands in the database. Check the source with ledger verify.',
    )
  const entries = await readStore(
    store,
    async ({ read }) => (await read.get('ledgerState', { name: 'ledger' }))?.size ?? 0,
  )
  out.result({ ok: true, entries }, () => {
    out.say({
      ja: `移しました。台帳の記載 ${entries} 件を移行先から読み直し、ルートハッシュが移行元と一致しました。MADOGUCHI_STORE を移行先にして、窓口を動かしてください。移行元のファイルは、もう窓口としては開けません（控えとして残ります）。`,
      en: `Moved. All ${entries} entries of the ledger were re-read from the database, and the root is that of the source. Point MADOGUCHI_STORE at the database and run the desk. The old file is kept, and no desk opens it any more.`,
    })
  })
  return 0
}

async function hasSameRows(source: Reader, target: Reader): Promise<boolean> {
  for (const table of Object.keys(PRIMARY_KEYS) as TableName[])
    if ((await source.count(table, {})) !== (await target.count(table, {}))) return false
  return true
}

/** The root over the entries that were written is the one that the source has signed for. */
async function isHeadOf(
  source: Reader,
  written: { readonly size: number; readonly root: Uint8Array },
): Promise<boolean> {
  const kept = await source.get('ledgerState', { name: 'ledger' })
  return written.size === (kept?.size ?? 0) && sameBytes(written.root, kept?.root ?? emptyRoot())
}

function sourceOf(flags: Flags): Parameters<typeof loadConfig>[0] {
  if (!flags.is('dev')) return {}
  const folder = new DevFolder().require()
  return { given: folder.settings(folder.publicUrl) }
}

function targetOf(flags: Flags): SecretText {
  const file = flags.text('to-file')
  const text = file === undefined ? flags.text('to') : readFileSync(file, 'utf8').trim()
  if (text !== undefined && locate(text)?.kind === 'postgres') return new SecretText(text)
  throw new UsageError(
    '移行先を --to-file ファイル 又は --to postgres://利用者@ホスト/データベース で指定してください。',
    'Name the database with --to-file FILE or --to postgres://USER@HOST/DATABASE.',
  )
}
