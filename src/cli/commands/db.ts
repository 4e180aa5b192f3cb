import { existsSync } from 'node:fs'
import { loadConfig } from '../../config/config.ts'
import type { StoreLocation } from '../../config/store-setting.ts'
import { migrateStore, placeOf, readStore } from '../../open-store.ts'
import { STORE_MOVED } from '../../ports/record-tables.ts'
import { DevFolder } from '../dev-folder.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { CommandFault } from '../usage-error.ts'
import { DB_MOVE } from './db-move.ts'

const OPTIONS = {
  dev: { text: { ja: '開発用の窓口（./.madoguchi）', en: 'The development desk (./.madoguchi)' } },
} as const

/** The store itself. */
export const DB: readonly Command[] = [
  {
    name: 'db status',
    options: OPTIONS,
    summary: { ja: '保存先の状態を表示する（書き込まない）', en: 'Show the state of the store' },
    run: status,
  },
  {
    name: 'db migrate',
    options: OPTIONS,
    summary: {
      ja: '保存先の表を最新の形にする（SQLite は起動時にも自動で行う。PostgreSQL ではこのコマンドだけが行う）',
      en: 'Bring the tables of the store up to date (SQLite does so at start, too; PostgreSQL only here)',
    },
    run: migrate,
  },
  DB_MOVE,
]

function settingsOf({ flags }: Call): ReturnType<typeof loadConfig> {
  if (!flags.is('dev')) return loadConfig()
  const folder = new DevFolder().require()
  return loadConfig({ given: folder.settings(folder.publicUrl) })
}

async function status(call: Call): Promise<ExitCode> {
  const { out } = call
  const settings = settingsOf(call)
  const { store } = settings.config
  if (store.kind === 'sqlite' && !existsSync(store.path))
    throw new CommandFault(
      'no_store',
      '保存先はまだありません。serve 又は db migrate が作ります。',
      'There is no store yet; serve or db migrate makes it.',
    )
  const facts = await readStore(placeOf(settings), async ({ read: reader, bytes }) => {
    const ledger = await reader.get('ledgerState', { name: 'ledger' })
    return {
      ...store,
      bytes: await bytes(),
      entries: ledger?.size ?? 0,
      notices: await reader.count('notice', {}),
      cases: await reader.count('case', {}),
      dead_letters: await reader.count('work', { state: 'dead' }),
      moved: (await reader.get('setting', { name: STORE_MOVED })) !== undefined,
    }
  })
  out.result(facts, () => {
    out.facts([
      [{ ja: '保存先', en: 'store' }, nameOf(store)],
      [{ ja: '大きさ', en: 'size' }, `${Math.ceil(facts.bytes / 1_024)} KiB`],
      [{ ja: '台帳の記載', en: 'ledger entries' }, String(facts.entries)],
      [{ ja: '通知', en: 'notices' }, String(facts.notices)],
      [{ ja: '案件', en: 'cases' }, String(facts.cases)],
      [{ ja: '止まった作業', en: 'dead letters' }, String(facts.dead_letters)],
    ])
    if (facts.moved)
      out.say({
        ja: '別の保存先に移した後の控えです。窓口としては開けません。',
        en: 'This record goes on in another store; this copy can only be read.',
      })
  })
  return 0
}

/** Without user and password. */
function nameOf(store: StoreLocation): string {
  return store.kind === 'sqlite' ? store.path : `PostgreSQL ${store.database} @ ${store.host}`
}

async function migrate(call: Call): Promise<ExitCode> {
  const { out } = call
  await migrateStore(placeOf(settingsOf(call)))
  out.result({ ok: true }, () => {
    out.say({ ja: '表は最新です。', en: 'The tables are up to date.' })
  })
  return 0
}
