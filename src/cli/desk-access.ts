import { readFileSync } from 'node:fs'
import { SYSTEM, type Actor } from '../app/actor.ts'
import type { AppContext } from '../app/context.ts'
import { OPERATOR_TOKEN } from '../app/operator-token.ts'
import type { GivenSettings } from '../config/env.ts'
import { isExpired } from '../core/operator.ts'
import { MadoguchiError } from '../errors/madoguchi-error.ts'
import { toWire } from '../http/wire.ts'
import type { Madoguchi } from '../madoguchi.ts'
import { StoreUnavailable } from '../ports/record-store.ts'
import { assemble } from '../server.ts'
import type { Call, OptionSpecs } from './command.ts'
import { callDesk, type DeskRequest } from './desk-client.ts'
import { DEV_OPERATORS, DevFolder, type DevOperator } from './dev-folder.ts'
import type { Flags } from './flags.ts'
import { PROGRAM } from './next-command.ts'
import { QUIET_LOG } from './quiet-log.ts'
import { CommandFault, UsageError } from './usage-error.ts'

/** Options of every command that works on a desk. */
export const ACCESS_OPTIONS = {
  dev: {
    text: {
      ja: '開発用の窓口（./.madoguchi）を使う',
      en: 'Use the development desk (./.madoguchi)',
    },
  },
  url: {
    value: 'URL',
    text: {
      ja: '動いている窓口の URL（MADOGUCHI_PUBLIC_URL と同じもの）',
      en: 'URL of a running desk (its MADOGUCHI_PUBLIC_URL)',
    },
  },
  'token-file': {
    value: 'FILE',
    text: {
      ja: '--url で使うトークンのファイル',
      en: 'File with the operator token for --url',
    },
  },
  token: {
    value: 'TOKEN',
    text: {
      ja: '同上、トークンそのもの（ほかの利用者に見えることがあるため、ファイルを推奨）',
      en: 'The same, the token itself (others on this machine may see it; prefer the file)',
    },
  },
  as: {
    value: 'NAME',
    text: {
      ja: '操作する人の仮名（保存先を直接開くとき、開発用の窓口のとき）',
      en: 'Pseudonym of who acts (where the store is opened directly, or with --dev)',
    },
  },
} as const satisfies OptionSpecs

/** One thing asked of a desk: by HTTP, or by hand on an opened store. Both give the same JSON. */
export interface DeskTask extends DeskRequest {
  /** Who does it on the development desk unless `--as` says otherwise. */
  readonly devOperator: DevOperator
  /** Whether the platform's own hand may do it; else a person is named by `--as`. */
  readonly isForSystem: boolean
  readonly run: (ctx: AppContext, actor: Actor) => Promise<unknown>
}

/**
 * Does a task on the desk that the options and settings name: through a running server where `--url` is
 * given, else on the store itself; with `--dev` whichever is possible.
 *
 * @returns the JSON of the wire.
 */
export async function onDesk({ flags }: Call, task: DeskTask): Promise<unknown> {
  const url = flags.text('url')
  if (flags.is('dev')) return onDevDesk(flags, task)
  if (url === undefined) return onStore(flags, task, undefined)
  return callDesk(url, tokenOf(flags), task)
}

async function onDevDesk(flags: Flags, task: DeskTask): Promise<unknown> {
  const folder = new DevFolder().require()
  const name = flags.text('as') ?? task.devOperator
  try {
    return await onStore(flags, task, { settings: folder.settings(folder.publicUrl), name })
  } catch (fault) {
    if (!(fault instanceof StoreUnavailable) || fault.reason !== 'locked_by_other_process')
      throw fault
  }
  const token = folder.tokens[name]
  if (token !== undefined) return callDesk(folder.publicUrl, token, task)
  const names = Object.keys(DEV_OPERATORS).join(', ')
  throw new UsageError(
    `開発用の窓口にその仮名はありません: ${names}`,
    `The development desk has no such pseudonym: ${names}`,
  )
}

async function onStore(
  flags: Flags,
  task: DeskTask,
  dev: { readonly settings: GivenSettings; readonly name: string } | undefined,
): Promise<unknown> {
  return withStore(dev?.settings, async ({ internals: { ctx } }) => {
    const name = flags.text('as') ?? (task.isForSystem ? undefined : dev?.name)
    return toWire(await task.run(ctx, await actorOf(ctx, name, task)))
  })
}

/**
 * Opens the store of the settings for the time of `use`, with nothing at work.
 *
 * @param settings Hold whatever the environment says.
 */
export async function withStore<R>(
  settings: GivenSettings | undefined,
  use: (madoguchi: Madoguchi) => Promise<R>,
): Promise<R> {
  const madoguchi = await assemble({
    platform: { resolve: () => Promise.resolve(null), executors: {} },
    adapters: { log: QUIET_LOG },
    ...(settings === undefined ? {} : { settings }),
  })
  try {
    return await use(madoguchi)
  } finally {
    await madoguchi.close()
  }
}

async function actorOf(
  { read, clock }: AppContext,
  name: string | undefined,
  { isForSystem }: DeskTask,
): Promise<Actor> {
  if (name === undefined) {
    if (isForSystem) return SYSTEM
    throw new UsageError(
      `誰が行うかを --as 仮名 で指定してください（一覧: ${PROGRAM} operators list）。`,
      `Say who acts with --as NAME (list: ${PROGRAM} operators list).`,
    )
  }
  const [row] = await read.find('operator', { name, state: 'active' }, { limit: 1 })
  if (row === undefined)
    throw new CommandFault(
      'no_such_operator',
      `その仮名の担当者はいません（一覧: ${PROGRAM} operators list）。`,
      `There is no operator of that name (list: ${PROGRAM} operators list).`,
    )
  if (isExpired(row, clock.now())) throw new MadoguchiError('access_expired')
  return { operator: row.name, role: row.role }
}

function tokenOf(flags: Flags): string {
  const path = flags.text('token-file')
  const token = path === undefined ? flags.text('token') : readFileSync(path, 'utf8').trim()
  if (token !== undefined && OPERATOR_TOKEN.test(token)) return token
  if (token !== undefined)
    throw new UsageError(
      'トークンの形ではありません（mdgo_ で始まる一語。operators add が一度だけ表示します）。',
      'That is no token: one word that begins with mdgo_, which operators add prints once.',
    )
  throw new UsageError(
    '--url には --token-file（又は --token）が必要です。',
    '--url needs --token-file (or --token).',
  )
}
