import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { systemClock } from '../adapters/system/clock.ts'
import { loadConfig, type Config } from '../config/config.ts'
import { ConfigurationError, describeFault } from '../config/faults.ts'
import type { Secrets } from '../config/secrets.ts'
import type { StoreLocation } from '../config/store-setting.ts'
import { isInForce } from '../core/standard.ts'
import { dayInJapan, parseTime } from '../core/time.ts'
import type { Bilingual } from '../core/vocabulary.ts'
import { loadProcedures } from '../load-procedures.ts'
import { openStore, placeOf, readStore, type StorePlace } from '../open-store.ts'
import { StoreUnavailable, type Reader } from '../ports/record-store.ts'
import { DevFolder } from './dev-folder.ts'
import { queueFindings } from './doctor-queue.ts'
import { modeFinding } from './doctor-mode.ts'
import { examineRunning } from './doctor-running.ts'
import { PROGRAM } from './next-command.ts'

/** One thing that was looked at. `advice`: the desk runs, but something is worth a look. */
export interface Finding {
  readonly id: string
  readonly state: 'ok' | 'advice' | 'wrong'
  readonly text: Bilingual
}

/** Writes a finding. */
export const finding = (id: string, state: Finding['state'], ja: string, en: string): Finding => ({
  id,
  state,
  text: { ja, en },
})

const GIB = 1_073_741_824
/** This program was written after it, so a clock before it is wrong. */
const EARLIEST = parseTime('2026-01-01T00:00:00.000Z') ?? 0

/** Looks at the settings, then at what they name. */
export async function examine(options: {
  readonly isDev: boolean
  readonly url: string | undefined
}): Promise<readonly Finding[]> {
  const folder = options.isDev ? new DevFolder().require() : undefined
  const base = [nodeFinding(), clockFinding()]
  try {
    const { config, secrets } = loadConfig(
      folder === undefined ? {} : { given: folder.settings(folder.publicUrl) },
    )
    return [
      ...base,
      ...settingFindings(config, secrets),
      proceduresFinding(config),
      ...placeFindings(config.store),
      ...(await storeFindings(placeOf({ config, secrets }), config.mode)),
      ...(await queueFindings(config.queue, secrets.queueUrl)),
      ...(options.url === undefined ? [parserAdvice()] : await examineRunning(options.url)),
    ]
  } catch (fault) {
    if (!(fault instanceof ConfigurationError)) throw fault
    const wrong = fault.faults.map((each) =>
      finding('setting', 'wrong', describeFault(each, 'ja'), describeFault(each, 'en')),
    )
    return [...base, ...wrong]
  }
}

function nodeFinding(): Finding {
  const { node } = process.versions
  return finding('node', 'ok', `Node ${node}`, `Node ${node}`)
}

function clockFinding(): Finding {
  const isSane = systemClock.now() >= EARLIEST
  return isSane
    ? finding(
        'clock',
        'ok',
        '時計は大きくは外れていません（通知の署名時刻の検証に使います）',
        'The clock is not far off (signatures are checked by it)',
      )
    : finding(
        'clock',
        'wrong',
        '時計が大きく遅れています。NTP などで合わせてください',
        'The clock is far behind. Set it, e.g. by NTP',
      )
}

function settingFindings(config: Config, secrets: Secrets): Finding[] {
  const need = (name: string, isSet: boolean, [ja, en] = ['', '']): Finding =>
    isSet
      ? finding('setting', 'ok', `${name}: 設定済み`, `${name}: set`)
      : finding('setting', 'wrong', `${name}: 必須です${ja}`, `${name}: is needed${en}`)
  const byCommand: [string, string] = ['（keys generate で作れます）', ' (keys generate makes one)']
  const findings = [
    need('MADOGUCHI_PUBLIC_URL', config.site !== null),
    need('MADOGUCHI_SIGNING_KEY', secrets.signingKey !== null, byCommand),
    need('MADOGUCHI_LOG_KEY', secrets.logKey !== null, byCommand),
  ]
  const hosts = config.targetHosts.length
  findings.push(
    hosts > 0
      ? finding('hosts', 'ok', `自社のホスト名: ${hosts} 件`, `Hosts of your service: ${hosts}`)
      : finding(
          'hosts',
          'advice',
          'MADOGUCHI_TARGET_HOSTS がありません。serve では、URL のある通知を受け付けられません（SDK では targets.hosts）',
          'MADOGUCHI_TARGET_HOSTS is not set: serve refuses every notice with a URL (in the SDK: targets.hosts)',
        ),
  )
  if (config.allowLoopbackCallbacks)
    findings.push(
      finding(
        'loopback',
        'advice',
        'MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS=true は開発用です',
        'MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS=true is for development',
      ),
    )
  return findings
}

function proceduresFinding(config: Config): Finding {
  const { designated, duties } = loadProcedures(config).procedures
  return finding(
    'procedures',
    'ok',
    `手続の定め: 大規模特定電気通信役務提供者の指定 ${designated ? 'あり' : 'なし'}、法律上の措置義務 ${duties.length} 件`,
    `Procedures: ${designated ? 'designated' : 'not designated'}, duties of law: ${duties.length}`,
  )
}

function placeFindings(store: StoreLocation): Finding[] {
  if (store.kind === 'sqlite') return diskFindings(store.path)
  const name = `${store.database} @ ${store.host}`
  return [finding('database', 'ok', `保存先: PostgreSQL ${name}`, `Store: PostgreSQL ${name}`)]
}

function diskFindings(path: string): Finding[] {
  const folder = dirname(resolve(path))
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    return [
      finding(
        'folder',
        'wrong',
        '保存先のフォルダがないか、書き込めません',
        'The folder of the store is missing or cannot be written',
      ),
    ]
  }
  const { bavail, bsize } = statfsSync(folder)
  const free = (bavail * bsize) / GIB
  const size = `${free.toFixed(1)} GiB`
  return [
    free >= 1
      ? finding('disk', 'ok', `空き容量: ${size}`, `Free space: ${size}`)
      : finding('disk', 'wrong', `空き容量が少なすぎます: ${size}`, `Too little space: ${size}`),
  ]
}

async function storeFindings(place: StorePlace, mode: Config['mode']): Promise<Finding[]> {
  if (place.kind === 'sqlite' && !existsSync(place.path))
    return [
      finding(
        'store',
        'advice',
        '保存先はまだありません（serve が作ります）',
        'There is no store yet (serve makes it)',
      ),
    ]
  try {
    if (place.kind === 'postgres') await (await openStore(place)).close()
    return await readStore(place, async ({ read }) => [
      ...(await deskFindings(read)),
      await modeFinding(read, mode),
    ])
  } catch (fault) {
    if (!(fault instanceof StoreUnavailable)) throw fault
    const { reason } = fault
    if (reason === 'schema_behind')
      return [
        finding(
          'store',
          'wrong',
          `保存先の表が古い形です（${PROGRAM} db migrate）`,
          `The tables of the store are behind (${PROGRAM} db migrate)`,
        ),
      ]
    return [
      finding(
        'store',
        'wrong',
        `保存先を使えません（${reason}）`,
        `The store cannot be used (${reason})`,
      ),
    ]
  }
}

async function deskFindings(reader: Reader): Promise<Finding[]> {
  const today = dayInJapan(systemClock.now())
  const standards = await reader.find('standard', {})
  const inForce = standards.filter((standard) => isInForce(standard, today)).length
  const [operators, keys, dead, givenUp] = await Promise.all([
    reader.count('operator', { state: 'active' }),
    reader.count('senderKey', { state: 'active' }),
    reader.count('work', { state: 'dead' }),
    reader.count('delivery', { state: 'given_up' }),
  ])
  return [
    finding('store', 'ok', '保存先を読めます', 'The store can be read'),
    some('standards', inForce, [
      '施行中の自社基準',
      'Standards in force',
      'standards publish FILE',
    ]),
    some('operators', operators, ['担当者', 'Operators', 'operators add NAME --role reviewer']),
    some('keys', keys, [
      '通知元の有効な鍵',
      'Active keys of senders',
      'senders add FILE, keys add SENDER JWK_FILE',
    ]),
    none('dead_letters', dead, ['止まった作業', 'Work that was given up', 'GET /v1/dead-letters']),
    none('given_up', givenUp, [
      '未達の対応結果',
      'Outcomes that could not be delivered',
      'outbox list --state given_up',
    ]),
  ]
}

/** What is counted, in both languages, and what to do where the count is not as it should be. */
type Counted = readonly [ja: string, en: string, remedy: string]

const some = (id: string, count: number, counted: Counted): Finding =>
  countFinding(id, { count, isFine: count > 0 }, counted)

const none = (id: string, count: number, counted: Counted): Finding =>
  countFinding(id, { count, isFine: count === 0 }, counted)

function countFinding(
  id: string,
  { count, isFine }: { readonly count: number; readonly isFine: boolean },
  [ja, en, remedy]: Counted,
): Finding {
  return isFine
    ? finding(id, 'ok', `${ja}: ${count}`, `${en}: ${count}`)
    : finding(id, 'advice', `${ja}: ${count}（${remedy}）`, `${en}: ${count} (${remedy})`)
}

function parserAdvice(): Finding {
  return finding(
    'body_parser',
    'advice',
    'SDK で組み込むときは、senderRouter を express.json() より前に置いてください（--url で確かめられます）',
    'With the SDK, mount senderRouter before express.json() (--url checks it)',
  )
}
