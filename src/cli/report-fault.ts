import { ConfigurationError, describeFault } from '../config/faults.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { ERRORS, MadoguchiError } from '../errors/madoguchi-error.ts'
import { StoreUnavailable, TransactionAborted } from '../ports/record-store.ts'
import { PROGRAM } from './next-command.ts'
import { printError, type Output } from './output.ts'
import { CommandFault, UsageError } from './usage-error.ts'

interface Told {
  readonly exit: 1 | 2
  readonly code: string
  readonly text: Bilingual
  readonly details?: unknown
}

/**
 * Says what went wrong, in words and never with a stack or a value of the input.
 *
 * @returns the exit code: 2 for wrong use or settings, else 1.
 */
export function reportFault(fault: unknown, out: Output): 1 | 2 {
  const { exit, code, text, details } = told(fault)
  if (out.isJson) out.record({ error: { code, message: text[out.lang], ...asObject(details) } })
  else printError(text[out.lang])
  return exit
}

function asObject(details: unknown): object {
  return details === undefined ? {} : { details }
}

function told(fault: unknown): Told {
  if (fault instanceof UsageError) return { exit: 2, code: 'usage', text: fault.text }
  if (fault instanceof CommandFault) return { exit: 1, code: fault.code, text: fault.text }
  if (fault instanceof ConfigurationError) return toldConfiguration(fault)
  if (fault instanceof StoreUnavailable) return toldStore(fault)
  if (fault instanceof TransactionAborted) return toldAborted(fault)
  if (fault instanceof MadoguchiError) return toldError(fault)
  return toldSystem(fault)
}

function toldConfiguration({ faults }: ConfigurationError): Told {
  const lines = (lang: keyof Bilingual): string =>
    faults.map((each) => `  ${describeFault(each, lang)}`).join('\n')
  return {
    exit: 2,
    code: 'configuration',
    text: {
      ja: `設定を確認してください。\n${lines('ja')}\n詳しく調べる: ${PROGRAM} doctor`,
      en: `Check the settings.\n${lines('en')}\nTo find out more: ${PROGRAM} doctor`,
    },
    details: faults,
  }
}

/** What can be done about a store that can't be used, by the reason. */
const STORE_REMEDIES: Readonly<Record<string, Bilingual>> = {
  schema_behind: {
    ja: `保存先の表が古い形です（schema_behind）。先に ${PROGRAM} db migrate を実行してください。`,
    en: `The tables of the store are behind (schema_behind). Run ${PROGRAM} db migrate first.`,
  },
  schema_ahead: {
    ja: '保存先の表は、より新しい版のものです（schema_ahead）。このプログラムを新しい版にしてください。',
    en: 'The tables of the store are of a newer version (schema_ahead). Update this program.',
  },
  moved: {
    ja: 'この保存先の記録は、db move でデータベースに移してあります（moved）。MADOGUCHI_STORE を移行先にしてください。',
    en: 'The record of this store was moved to a database by db move (moved). Point MADOGUCHI_STORE at it.',
  },
  moving: {
    ja: `db move が途中で終わりました（moving）。同じ移行先を指定して、もう一度 ${PROGRAM} db move を実行してください。`,
    en: `A db move broke off (moving). Run ${PROGRAM} db move again with the same database.`,
  },
  not_empty: {
    ja: '移行先のデータベースは空ではありません（not_empty）。空のデータベースに db migrate を行い、それを指定してください。',
    en: 'The database is not empty (not_empty). Run db migrate on an empty one and name that.',
  },
  connection_lost: {
    ja: 'データベースに接続できません（connection_lost）。MADOGUCHI_STORE のホスト、ポート、sslmode と、サーバの稼働を確認してください。',
    en: 'The database cannot be reached (connection_lost). Check host, port and sslmode of MADOGUCHI_STORE, and that the server runs.',
  },
}

function toldStore({ reason, pid }: StoreUnavailable): Told {
  if (reason === 'locked_by_other_process') return toldLocked(pid)
  const text = STORE_REMEDIES[reason] ?? {
    ja: `記録の保存先を使えません（${reason}）。MADOGUCHI_STORE のパス又は宛先と、権限、空き容量を確認してください。`,
    en: `The store cannot be used (${reason}). Check the path or address of MADOGUCHI_STORE, permissions and free space.`,
  }
  return { exit: 1, code: reason, text }
}

function toldAborted({ reason }: TransactionAborted): Told {
  return {
    exit: 1,
    code: reason,
    text: {
      ja: `ほかのプロセスの作業と重なったため、行いませんでした（${reason}）。もう一度実行してください。`,
      en: `Another process was in the way, so nothing was done (${reason}). Run it again.`,
    },
  }
}

/** One process writes; the two ways out are to go through it, or to stop it. */
function toldLocked(pid: number | undefined): Told {
  const who = pid === undefined ? '?' : String(pid)
  return {
    exit: 1,
    code: 'locked_by_other_process',
    text: {
      ja: [
        `別のプロセス（pid ${who}）がこの保存先を使っています。次のどちらかにしてください。`,
        '  動いているサーバに依頼する: --url 窓口のURL --token-file トークンのファイル を付ける（開発用の窓口なら --dev）',
        `  止めてから行う: kill ${who} の後に、もう一度実行する`,
      ].join('\n'),
      en: [
        `Another process (pid ${who}) is using this store. Either`,
        '  ask the running server: add --url URL_OF_THE_DESK --token-file FILE (for the development desk: --dev)',
        `  or stop it first: kill ${who}, then run this again`,
      ].join('\n'),
    },
    details: { pid: pid ?? null },
  }
}

function toldError({ code, details }: MadoguchiError): Told {
  const { title, remedy } = ERRORS[code]
  const errors = details.errors ?? []
  const places = errors.map(({ pointer, keyword }) => `  ${pointer || '/'}  ${keyword}`).join('\n')
  const tail = places === '' ? '' : `\n${places}`
  return {
    exit: 1,
    code,
    text: {
      ja: `${title.ja}（${code}）。${remedy.ja}${tail}`,
      en: `${title.en} (${code}). ${remedy.en}${tail}`,
    },
    ...(errors.length === 0 ? {} : { details: { errors } }),
  }
}

function toldSystem(fault: unknown): Told {
  const code =
    fault instanceof Error && 'code' in fault && typeof fault.code === 'string'
      ? fault.code
      : 'internal_error'
  const known: Readonly<Record<string, Bilingual>> = {
    EADDRINUSE: {
      ja: 'ポートがほかのプログラムに使われています。別のポートを指定してください（dev は --port、serve は MADOGUCHI_PORT と MADOGUCHI_OPS_PORT）。',
      en: 'The port is in use by another program. Choose another one (dev: --port; serve: MADOGUCHI_PORT and MADOGUCHI_OPS_PORT).',
    },
    EACCES: { ja: '権限がありません。', en: 'Permission is missing.' },
    ENOENT: { ja: 'ファイル又はフォルダがありません。', en: 'There is no such file or folder.' },
    EEXIST: {
      ja: '同じ名前のファイルがすでにあります。上書きはしません。',
      en: 'A file of that name is there already. Nothing is overwritten.',
    },
  }
  const text = known[code] ?? {
    ja: `思わぬ不具合です（${code}）。`,
    en: `An unexpected fault (${code}).`,
  }
  return { exit: 1, code, text }
}
