import type { Bilingual } from '../core/vocabulary.ts'

/** What can be wrong with one variable. None of these texts shows a value. */
export const CONFIG_FAULTS = {
  missing: { ja: '必須です', en: 'is needed' },
  unknown: {
    ja: 'この名前の設定はありません。綴りを確認してください',
    en: 'is not a setting; check the spelling',
  },
  bad_store: {
    ja: 'sqlite:パス 又は postgres://利用者@ホスト/データベース の形で書いてください',
    en: 'must be sqlite:PATH, a file on disk, or postgres://USER@HOST/DATABASE',
  },
  bad_queue: {
    ja: 'memory 又は redis://ホスト（TLS は rediss://、クエリなし）の形で書いてください',
    en: 'must be memory, redis://HOST or, with TLS, rediss://HOST, without a query',
  },
  bad_mode: { ja: 'act 又は observe と書いてください', en: 'must be act or observe' },
  bad_url: {
    ja: 'https の絶対 URL を書いてください（クエリ、フラグメント、利用者情報なし。自機に限り http 可）',
    en: 'must be an absolute https URL without query, fragment or user (http on this machine only)',
  },
  bad_number: {
    ja: '定められた範囲の整数を書いてください',
    en: 'must be a whole number within its range',
  },
  bad_boolean: { ja: 'true 又は false と書いてください', en: 'must be true or false' },
  bad_level: {
    ja: 'debug、info、warn、error、silent のいずれかを書いてください',
    en: 'must be debug, info, warn, error or silent',
  },
  bad_host: {
    ja: 'ホスト名又はアドレスだけを書いてください',
    en: 'must hold host names or addresses only',
  },
  bad_category: {
    ja: '情報の種類の識別子（小文字、数字、_）を書いてください',
    en: 'must hold ids of categories (lower case, digits, _)',
  },
  bad_text: {
    ja: '1〜200文字で、改行を含めずに書いてください',
    en: 'must have 1 to 200 characters and no line break',
  },
  same_port: {
    ja: 'MADOGUCHI_PORT と異なるポートにしてください',
    en: 'must differ from MADOGUCHI_PORT',
  },
  twice: {
    ja: '値とファイル（_FILE）の両方が指定されています',
    en: 'is given both as a value and as a file (_FILE)',
  },
  unreadable_file: { ja: 'ファイルを読めません', en: 'names a file that cannot be read' },
  bad_procedures: {
    ja: '手続の定めとして読めません（schemas/procedures.schema.json）',
    en: 'is not a procedures profile (schemas/procedures.schema.json)',
  },
  bad_key: {
    ja: 'PEM（PKCS#8、暗号化なし）の対応する種類の秘密鍵ではありません',
    en: 'is not a private key of the right kind in PEM (PKCS #8, not encrypted)',
  },
} as const satisfies Record<string, Bilingual>

export type ConfigFaultCode = keyof typeof CONFIG_FAULTS

export interface ConfigFault {
  /** Name of the variable. */
  readonly variable: string
  readonly code: ConfigFaultCode
  /** Which member of a document is wrong; of our schema only, never a value. */
  readonly pointer?: string
}

/**
 * Everything that is wrong with the configuration, at once, by the variables' names. Holds no value:
 * some are secrets.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly faults: readonly ConfigFault[]

  constructor(faults: readonly ConfigFault[]) {
    super(faults.map((fault) => describeFault(fault, 'en')).join('\n'))
    this.faults = faults
  }
}

/** One line for people. */
export function describeFault(
  { variable, code, pointer }: ConfigFault,
  lang: keyof Bilingual,
): string {
  const where = pointer === undefined ? '' : ` ${pointer}`
  return `${variable}: ${CONFIG_FAULTS[code][lang]}${where}`
}
