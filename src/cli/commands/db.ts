import { existsSync, statSync } from 'node:fs'
import { openSqliteStore } from '../../adapters/sql/sqlite/open-sqlite-store.ts'
import { loadConfig } from '../../config/config.ts'
import { DevFolder } from '../dev-folder.ts'
import type { Call, Command, ExitCode } from '../command.ts'
import { readStore } from '../read-only-store.ts'
import { CommandFault } from '../usage-error.ts'

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
      ja: '保存先の表を最新の形にする（SQLite は起動時にも自動で行う）',
      en: 'Bring the tables of the store up to date (SQLite does so at start, too)',
    },
    run: migrate,
  },
]

function pathOf({ flags }: Call): string {
  if (!flags.is('dev')) return loadConfig().config.store.path
  const folder = new DevFolder().require()
  return loadConfig({ given: folder.settings(folder.publicUrl) }).config.store.path
}

async function status(call: Call): Promise<ExitCode> {
  const { out } = call
  const path = pathOf(call)
  if (!existsSync(path))
    throw new CommandFault(
      'no_store',
      '保存先はまだありません。serve 又は db migrate が作ります。',
      'There is no store yet; serve or db migrate makes it.',
    )
  const facts = await readStore(path, async (reader) => {
    const ledger = await reader.get('ledgerState', { name: 'ledger' })
    return {
      path,
      bytes: statSync(path).size,
      entries: ledger?.size ?? 0,
      notices: await reader.count('notice', {}),
      cases: await reader.count('case', {}),
      dead_letters: await reader.count('work', { state: 'dead' }),
    }
  })
  out.result(facts, () => {
    out.facts([
      [{ ja: '保存先', en: 'store' }, facts.path],
      [{ ja: '大きさ', en: 'size' }, `${Math.ceil(facts.bytes / 1_024)} KiB`],
      [{ ja: '台帳の記載', en: 'ledger entries' }, String(facts.entries)],
      [{ ja: '通知', en: 'notices' }, String(facts.notices)],
      [{ ja: '案件', en: 'cases' }, String(facts.cases)],
      [{ ja: '止まった作業', en: 'dead letters' }, String(facts.dead_letters)],
    ])
  })
  return 0
}

async function migrate(call: Call): Promise<ExitCode> {
  const { out } = call
  const store = await openSqliteStore({ path: pathOf(call) })
  try {
    await store.check()
  } finally {
    await store.close()
  }
  out.result({ ok: true }, () => {
    out.say({ ja: '表は最新です。', en: 'The tables are up to date.' })
  })
  return 0
}
