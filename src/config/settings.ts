import type { Bilingual } from '../core/vocabulary.ts'

/** One environment variable, as the handbook lists it. */
export interface Setting {
  readonly name: string
  /** As it would be written; `null`: what stands in the description holds. */
  readonly default: string | null
  /** Has a `…_FILE` twin that names a file to read it from, and is never shown. */
  readonly secret: boolean
  readonly text: Bilingual
}

const setting = <const N extends string>(
  name: N,
  byDefault: string | null,
  ja: string,
  en: string,
  secret = false,
): Setting & { readonly name: N } => ({ name, default: byDefault, secret, text: { ja, en } })

/** Every variable that is read. A `MADOGUCHI_*` variable that isn't here is reported as a fault. */
export const SETTINGS = [
  setting(
    'MADOGUCHI_STORE',
    'sqlite:./madoguchi.db',
    '記録の保存先。sqlite:パス 又は postgres://利用者:パスワード@ホスト/データベース',
    'Where the record is stored: sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE',
    true,
  ),
  setting(
    'MADOGUCHI_QUEUE',
    'memory',
    '作業の合図の伝え方。memory（同一プロセス内）又は redis://:パスワード@ホスト:6379/0（TLS は rediss://）',
    'How workers are woken: memory (inside the process) or redis://:PASSWORD@HOST:6379/0 (TLS: rediss://)',
    true,
  ),
  setting(
    'MADOGUCHI_MODE',
    'act',
    '窓口の動かし方。act、observe（試行モード。判断を記録するだけで、措置も対応結果の送付も行わない）',
    'How the desk runs: act, or observe (decisions are recorded; no measure is taken and no outcome sent)',
  ),
  setting(
    'MADOGUCHI_PUBLIC_URL',
    null,
    '外部から見た窓口の URL（マウント先のパスを含む）。serve に必須',
    'URL of the desk as seen from outside, mount path included. Needed by serve',
  ),
  setting(
    'MADOGUCHI_ISSUER',
    null,
    '当窓口の識別子（iss、aud）。既定は MADOGUCHI_PUBLIC_URL。運用開始後は変えない',
    'Identifier of this desk (iss, aud). Default: MADOGUCHI_PUBLIC_URL. Never change it once in use',
  ),
  setting('MADOGUCHI_PORT', '8787', '公開側のポート', 'Port of the public side'),
  setting(
    'MADOGUCHI_OPS_PORT',
    '8788',
    '監視用のポート（livez、readyz、metrics）',
    'Port for machines (livez, readyz, metrics)',
  ),
  setting('MADOGUCHI_HOST', '127.0.0.1', '待ち受けるアドレス', 'Address to listen on'),
  setting(
    'MADOGUCHI_PLATFORM_NAME',
    null,
    '設定情報に示すサービス名。既定は MADOGUCHI_PUBLIC_URL のホスト名',
    'Name of the service in the configuration document. Default: host of MADOGUCHI_PUBLIC_URL',
  ),
  setting(
    'MADOGUCHI_CONTACT',
    null,
    '設定情報に示す連絡先。既定は MADOGUCHI_PUBLIC_URL',
    'Contact in the configuration document. Default: MADOGUCHI_PUBLIC_URL',
  ),
  setting(
    'MADOGUCHI_TARGET_HOSTS',
    null,
    '自社サービスのホスト名（コンマ区切り）。ほかのホストの URL は受け付けない',
    'Host names of your service, comma-separated. URLs of other hosts are refused',
  ),
  setting(
    'MADOGUCHI_SIGNING_KEY',
    null,
    '受領証と対応結果に署名する秘密鍵（PEM、PKCS#8、P-256 又は Ed25519）',
    'Private key that signs receipts and outcomes (PEM, PKCS #8, P-256 or Ed25519)',
    true,
  ),
  setting(
    'MADOGUCHI_LOG_KEY',
    null,
    '台帳のチェックポイントに署名する秘密鍵（PEM、PKCS#8、Ed25519）',
    'Private key that signs checkpoints of the ledger (PEM, PKCS #8, Ed25519)',
    true,
  ),
  setting(
    'MADOGUCHI_LOG_LEVEL',
    'info',
    'ログの詳しさ。debug、info、warn、error、silent',
    'How much is logged: debug, info, warn, error, silent',
  ),
  setting(
    'MADOGUCHI_CLOCK_TOLERANCE_SECONDS',
    '300',
    '署名時刻の許容差（秒、1〜900）',
    'How far the time of a signature may be in the past, in seconds (1 to 900)',
  ),
  setting(
    'MADOGUCHI_UNDO_WINDOW_SECONDS',
    '30',
    '判断を改められるよう、措置の実施を待つ時間（秒、0〜3600）',
    'How long actions wait before they start, so that a new decision can replace them, in seconds (0 to 3600)',
  ),
  setting(
    'MADOGUCHI_CLAIM_LEASE_SECONDS',
    '900',
    '担当が自動で外れるまでの時間（秒、60〜86400）',
    'How long a claim on a case lasts, in seconds (60 to 86400)',
  ),
  setting(
    'MADOGUCHI_OUTCOME_PATIENCE_HOURS',
    '24',
    '措置が終わらないとき、途中の対応結果を送るまでの時間（1〜720）',
    'Hours until an interim outcome is sent while actions are unsettled (1 to 720)',
  ),
  setting(
    'MADOGUCHI_GOAL_HOURS_PRIORITY',
    '4',
    '優先区分「優先」の自社の目標（時間、1〜8760）',
    'Own goal for tier priority, in hours (1 to 8760)',
  ),
  setting(
    'MADOGUCHI_GOAL_HOURS_VERIFIED',
    '12',
    '優先区分「確認済み」の自社の目標（時間、1〜8760）',
    'Own goal for tier verified, in hours (1 to 8760)',
  ),
  setting(
    'MADOGUCHI_GOAL_HOURS_ORDINARY',
    '24',
    '優先区分「通常」の自社の目標（時間、1〜8760）',
    'Own goal for tier ordinary, in hours (1 to 8760)',
  ),
  setting(
    'MADOGUCHI_GOAL_HOURS_PROBATION',
    '72',
    '優先区分「仮登録」の自社の目標（時間、1〜8760）',
    'Own goal for tier probation, in hours (1 to 8760)',
  ),
  setting(
    'MADOGUCHI_GOAL_MINUTES_BAND0',
    '15',
    '生命・身体の危険がある案件の自社の目標（分、1〜1440）',
    'Own goal where life or body is in danger, in minutes (1 to 1440)',
  ),
  setting(
    'MADOGUCHI_BAND0_CATEGORIES',
    null,
    '生命・身体の危険として扱う情報の種類（コンマ区切り）。既定は同梱の語彙',
    'Categories treated as danger to life or body, comma-separated. Default: the vocabulary',
  ),
  setting(
    'MADOGUCHI_GRAVE_CATEGORIES',
    null,
    '二人で判断する情報の種類（コンマ区切り）。既定は同梱の語彙',
    'Categories that two people decide on, comma-separated. Default: the vocabulary',
  ),
  setting(
    'MADOGUCHI_NO_VIEW_CATEGORIES',
    null,
    'child_safety だけが見る情報の種類（コンマ区切り）。既定は同梱の語彙',
    'Categories for the role child_safety only, comma-separated. Default: the vocabulary',
  ),
  setting(
    'MADOGUCHI_PROCEDURES_FILE',
    null,
    '手続の定め（JSON、schemas/procedures.schema.json）のパス。既定では、すべて無効又は最も慎重な扱い',
    'Path of the procedures profile (JSON, schemas/procedures.schema.json). Default: everything off, or the safest',
  ),
  setting(
    'MADOGUCHI_ALLOW_LOOPBACK_CALLBACKS',
    'false',
    '開発用。送付先としてこのマシン自身を許す（true、false）',
    'For development: allow endpoints on this machine (true, false)',
  ),
] as const

export type SettingName = (typeof SETTINGS)[number]['name']
